using System.Globalization;
using CsvHelper;
using MhdNet.Tiling.Tiles;

namespace MhdNet.Tiling.Streams;

/// <summary>A slide's tiles: every one with tissue or an artefact, its scores, what was decided, and the sequence it went into.</summary>
public static class TileTable
{
    /// <summary>Its first line.</summary>
    public const string Header = "item,x,y,size,tissue,white,saturation,focus,nuclear,verdict,sequence\r\n";

    /// <summary>Writes the table and puts it into place when it is whole.</summary>
    internal static void Write(string path, SlideScene scene, IReadOnlyList<ExaminedTile> tiles, IReadOnlyList<IReadOnlyList<PlannedTile>> sequences)
    {
        var sequence = sequences.SelectMany((tiles, number) => tiles.Select(tile => (tile, number)))
            .GroupBy(pair => pair.tile).ToDictionary(pairs => pairs.Key, pairs => string.Join(' ', pairs.Select(pair => $"{pair.number:000}")));
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
        {
            Directory.CreateDirectory(folder);
        }

        using (var text = new StreamWriter(path + ".part"))
        using (var csv = new CsvWriter(text, CultureInfo.InvariantCulture))
        {
            csv.WriteRecords(tiles.Select(tile => Row(scene.Visit.Job.Item.Value, scene.Plan.Grid, tile, sequence.GetValueOrDefault(tile.Tile))));
        }

        File.Move(path + ".part", path, overwrite: true);
    }

    private static object Row(string item, TileGrid grid, ExaminedTile tile, string? sequence) => new
    {
        item,
        x = tile.Tile.X,
        y = tile.Tile.Y,
        size = grid.Width,
        tissue = Math.Round(tile.Tile.Tissue, 4),
        white = Rounded(tile.Scores?.White),
        saturation = Rounded(tile.Scores?.Saturation),
        focus = Rounded(tile.Scores?.Focus),
        nuclear = Rounded(tile.Scores?.Nuclear),
        verdict = System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(tile.Verdict.ToString()),
        sequence,
    };

    private static double? Rounded(double? score) => score is { } value ? Math.Round(value, 4) : null;
}
