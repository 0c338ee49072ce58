using System.Globalization;
using CsvHelper;

namespace MhdNet.Training.Results;

/// <summary>
/// <c>metrics.csv</c> and <c>timing.csv</c>: a row an epoch, written as a whole from the checkpoints' progress, so that a killed and resumed run has each row once.
/// What a clock says stands in a file of its own: <c>metrics.csv</c> is the same, byte for byte, for the same data, options and machine.
/// </summary>
public static class MetricsFile
{
    private static readonly string[] Fixed = ["phase", "epoch", "loss", "validation_macc", "validation_loss", "learning_rate", "sequences", "unreadable", "non_finite"];

    /// <summary>Writes what was learned: the columns of every phase, then one for each named loss.</summary>
    public static void Write(string path, IReadOnlyList<MetricsRow> rows)
    {
        string[] losses = [.. rows.SelectMany(row => row.Losses.Keys).Where(name => name != "loss").Distinct()];
        Table(path, [.. Fixed, .. losses], rows, row =>
        [
            row.Phase, Number(row.Epoch), Loss(row, "loss"), Number(row.ValidationMAcc), Number(row.ValidationLoss), Number(row.LearningRate), Number(row.Sequences),
            Number(row.Unreadable), Number(row.NonFinite), .. losses.Select(name => Loss(row, name)),
        ]);
    }

    /// <summary>Writes how long it took.</summary>
    public static void WriteTiming(string path, IReadOnlyList<MetricsRow> rows) => Table(path, ["phase", "epoch", "finished", "seconds", "sequences_per_second"], rows, row =>
    [
        row.Phase, Number(row.Epoch), row.Finished.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
        row.Seconds.ToString("0.###", CultureInfo.InvariantCulture), row.SequencesPerSecond.ToString("0.###", CultureInfo.InvariantCulture),
    ]);

    private static void Table(string path, string[] header, IReadOnlyList<MetricsRow> rows, Func<MetricsRow, string[]> fields)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using var csv = new CsvWriter(text, CultureInfo.InvariantCulture);
        Line(csv, header);
        foreach (var row in rows)
        {
            Line(csv, fields(row));
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
