using System.Globalization;
using CsvHelper;

namespace MhdNet.Training.Results;

/// <summary><c>metrics.csv</c>: a row an epoch. Written as a whole from the checkpoints' progress, so that a killed and resumed run has each row once.</summary>
public static class MetricsFile
{
    private static readonly string[] Fixed = ["phase", "epoch", "loss", "validation_macc", "validation_loss", "seconds", "sequences", "sequences_per_second", "unreadable", "non_finite"];

    /// <summary>Writes all rows: the columns of every phase, then one for each named loss.</summary>
    public static void Write(string path, IReadOnlyList<MetricsRow> rows)
    {
        string[] losses = [.. rows.SelectMany(row => row.Losses.Keys).Where(name => name != "loss").Distinct()];
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using var csv = new CsvWriter(text, CultureInfo.InvariantCulture);
        Line(csv, [.. Fixed, .. losses]);
        foreach (var row in rows)
        {
            Line(csv,
            [
                row.Phase, Number(row.Epoch), Loss(row, "loss"), Number(row.ValidationMAcc), Number(row.ValidationLoss), row.Seconds.ToString("0.###", CultureInfo.InvariantCulture), Number(row.Sequences),
                row.SequencesPerSecond.ToString("0.###", CultureInfo.InvariantCulture), Number(row.Unreadable), Number(row.NonFinite), .. losses.Select(name => Loss(row, name)),
            ]);
        }

        csv.Flush();
        DurableFile.Write(path, text.ToString());
    }

    private static string Loss(MetricsRow row, string name) => row.Losses.TryGetValue(name, out var loss) ? Number(loss) : "";

    private static string Number(double? value) => value?.ToString("R", CultureInfo.InvariantCulture) ?? "";

    private static void Line(CsvWriter csv, IReadOnlyList<string> fields)
    {
        foreach (var field in fields)
        {
            csv.WriteField(field);
        }

        csv.NextRecord();
    }
}
