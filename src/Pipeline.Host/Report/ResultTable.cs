using System.Globalization;
using MhdNet.Training.Metrics;
using MhdNet.Training.Results;
using Spectre.Console;

namespace MhdNet.Host.Report;

/// <summary>A run's result on a terminal.</summary>
public static class ResultTable
{
    /// <summary>Prints the table and what limits it.</summary>
    public static void Print(IAnsiConsole console, RunResult result)
    {
        console.WriteLine($"Run {result.Run}, test patients: {result.Patients.GetValueOrDefault("test").ToString(CultureInfo.InvariantCulture)}; types {string.Join(", ", result.Types)}");
        var table = new Spectre.Console.Table().Border(TableBorder.Simple).AddColumns("Network", "Patients right", "95 % interval", "Sequences right (mAcc)", "Macro F1", "QWK", "AUC");
        foreach (var model in result.Models)
        {
            var (sequences, patients) = (model.Evaluation.Sequences.Scores, model.Evaluation.Patients);
            table.AddRow(
                NetworkName.Of(model.Phase), Percent(patients.Scores.MAcc), Range(patients.Intervals.GetValueOrDefault("m_acc")), Percent(sequences.MAcc),
                Percent(sequences.F1), Number(sequences.Qwk), Number(sequences.Auc));
        }

        console.Write(table);
        foreach (var note in result.Notes)
        {
            console.WriteLine(note);
        }
    }

    private static string Percent(double? share) => share is { } value ? (100 * value).ToString("0.0", CultureInfo.InvariantCulture) + " %" : "-";

    private static string Number(double? value) => value?.ToString("0.000", CultureInfo.InvariantCulture) ?? "-";

    private static string Range(Interval? interval) => interval is null ? "-" : $"{Percent(interval.Low)} to {Percent(interval.High)}";
}
