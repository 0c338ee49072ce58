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
        var header = Encoding.UTF8.GetBytes(TileTable.Header);
        var first = new byte[header.Length];
        List<string> others = [];
        using (var to = File.Create(whole + ".part"))
        {
            to.Write(header);
            foreach (var path in slides.Select(slide => Of(folder, slide)))
            {
                using var from = File.Exists(path) ? File.OpenRead(path) : null;
                if (from is null || from.ReadAtLeast(first, first.Length, throwOnEndOfStream: false) < first.Length || !first.SequenceEqual(header))
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
}
