using MhdNet.Ingest.Items;

namespace MhdNet.Host.Batch;

/// <summary>The tables of tiles: one a slide, and <c>tiles.csv</c> of them all.</summary>
internal static class BatchTiles
{
    /// <summary>The table of a slide's tiles.</summary>
    public static string Of(string folder, ItemId slide) => Path.Combine(folder, "tiles", slide + ".csv");

    /// <summary>Puts the slides' tables one after another into <c>tiles.csv</c>, which is put into place when it is whole.</summary>
    /// <param name="folder">The work folder.</param>
    /// <param name="slides">The slides; those without a table are passed over.</param>
    /// <returns>Tables whose columns are not those of the first; they are left out.</returns>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static List<string> Join(string folder, IEnumerable<ItemId> slides)
    {
        var whole = Path.Combine(folder, "tiles.csv");
        string? columns = null;
        List<string> others = [];
        using (var to = File.Create(whole + ".part"))
        {
            foreach (var path in slides.Select(slide => Of(folder, slide)).Where(File.Exists))
            {
                using var from = File.OpenRead(path);
                var header = Header(from);
                if (columns is null)
                {
                    columns = header;
                    from.Position = 0;
                }
                else if (columns != header)
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
    private static string Header(FileStream table)
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

        return System.Text.Encoding.UTF8.GetString([.. line]);
    }
}
