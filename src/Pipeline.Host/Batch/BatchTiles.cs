using System.Text;
using MhdNet.Ingest.Items;
using MhdNet.Tiling.Streams;

namespace MhdNet.Host.Batch;

/// <summary>The tables of tiles: one a slide, and <c>tiles.csv</c> of them all.</summary>
internal static class BatchTiles
{
    /// <summary>The table of a slide's tiles.</summary>
    public static string Of(string folder, ItemId slide) => Path.Combine(folder, "tiles", slide + ".csv");

    /// <summary>Puts the slides' tables one after another into <c>tiles.csv</c>, which is put into place when it is whole.</summary>
    /// <param name="folder">The work folder.</param>
    /// <param name="slides">The slides.</param>
    /// <returns>Tables that are missing, or whose columns are others; they are left out.</returns>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static List<string> Join(string folder, IEnumerable<ItemId> slides)
    {
        var whole = Path.Combine(folder, "tiles.csv");
        List<string> others = [];
        using (var to = File.Create(whole + ".part"))
        {
            to.Write(Encoding.UTF8.GetBytes(TileTable.Header));
            foreach (var path in slides.Select(slide => Of(folder, slide)))
            {
                using var from = File.Exists(path) ? File.OpenRead(path) : null;
                if (from is null || FirstLine(from) != TileTable.Header)
                {
                    others.Add(path);
                    continue;
                }

                from.CopyTo(to);
            }
        }

        File.Move(whole + ".part", whole, overwrite: true);
        return others;
    }

    /// <summary>The first line; the stream stands after it.</summary>
    private static string FirstLine(FileStream table)
    {
        var line = new List<byte>();
        for (var next = table.ReadByte(); next >= 0; next = table.ReadByte())
        {
            line.Add((byte)next);
            if (next == '\n')
            {
                break;
            }
        }

        return Encoding.UTF8.GetString([.. line]);
    }
}
