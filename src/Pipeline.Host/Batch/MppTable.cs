using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using MhdNet.Host.Commands;
using MhdNet.Tiling.Slides;

namespace MhdNet.Host.Batch;

/// <summary>Resolutions that people know better than the files: a CSV with the columns <c>slide,mpp</c>, or <c>slide,mpp_x,mpp_y</c> where pixels are not square.</summary>
internal sealed class MppTable
{
    private readonly Dictionary<string, SlideMpp> _rows = new(StringComparer.Ordinal);

    /// <summary>Of no slide.</summary>
    public static MppTable Empty { get; } = new();

    /// <summary>Reads the table.</summary>
    /// <exception cref="InputException">Not a table of this form; the message names the file and the line.</exception>
    public static MppTable Read(FileInfo file)
    {
        if (!file.Exists)
        {
            throw new InputException($"There is no table of resolutions {file.FullName}. Give a CSV with the columns slide,mpp.");
        }

        var table = new MppTable();
        using var text = file.OpenText();
        using var csv = new CsvReader(text, new CsvConfiguration(CultureInfo.InvariantCulture) { PrepareHeaderForMatch = header => header.Header.Trim().ToLowerInvariant() });
        try
        {
            if (!csv.Read() || !csv.ReadHeader() || !(Has("slide") && (Has("mpp") || (Has("mpp_x") && Has("mpp_y")))))
            {
                throw new InputException($"{file.FullName}, line 1: '{csv.Parser.RawRecord.Trim()}' does not name the columns slide,mpp (or slide,mpp_x,mpp_y).");
            }

            while (csv.Read())
            {
                var slide = csv.GetField("slide")!.Trim();
                var square = csv.TryGetField<double>("mpp", out var mpp);
                var (x, y) = square ? (mpp, mpp) : (csv.GetField<double>("mpp_x"), csv.GetField<double>("mpp_y"));
                if (Math.Min(x, y) < SlideResolution.FinestMpp || !(Math.Max(x, y) <= SlideResolution.CoarsestMpp) || slide.Length == 0)
                {
                    throw new InputException($"{file.FullName}, line {csv.Parser.RawRow}: '{slide}' has {x} x {y} µm per pixel; it must be between {SlideResolution.FinestMpp} and {SlideResolution.CoarsestMpp}.");
                }

                table._rows[slide] = new SlideMpp(x, y);
            }
        }
        catch (CsvHelperException)
        {
            throw new InputException($"{file.FullName}, line {csv.Parser.RawRow}: '{csv.Parser.RawRecord.Trim()}' is not a row of slide,mpp (or slide,mpp_x,mpp_y), such as P001-a,0.25.");
        }

        return table;

        bool Has(string column) => csv.GetFieldIndex(column, isTryGet: true) >= 0;
    }

    /// <summary>The resolution of a slide by its path, its file's name or that without its ending; null where the table has none.</summary>
    public SlideMpp? Of(string path) => Names(path).Select(name => _rows.GetValueOrDefault(name)).FirstOrDefault(mpp => mpp is not null);

    /// <summary>The rows that are of none of these slides, as they are written.</summary>
    public IReadOnlyList<string> NotOf(IEnumerable<string> paths) => [.. _rows.Keys.Except(paths.SelectMany(Names), StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static string[] Names(string path) => [path, Path.GetFileName(path), Path.GetFileNameWithoutExtension(path)];
}
