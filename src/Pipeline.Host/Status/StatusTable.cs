using System.Globalization;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Ledger;
using Spectre.Console;

namespace MhdNet.Host.Status;

/// <summary>The ledger as a person reads it: counts first, then what needs a look, then the runs.</summary>
public static class StatusTable
{
    /// <summary>Prints the report.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="report">The ledger.</param>
    /// <param name="all">Also the items that are done.</param>
    public static void Print(IAnsiConsole console, StatusReport report, bool all)
    {
        console.WriteLine(report.Host is { } host ? $"Host {host.ProcessId}: {host.Doing}." : "No host is running.");
        if (report.Host?.Problem is { } problem)
        {
            console.WriteLine($"PROBLEM: {Printed.Of(problem)}");
        }

        foreach (var part in report.Host?.Degraded ?? [])
        {
            console.WriteLine($"DEGRADED: {part}");
        }

        console.WriteLine("Items: " + string.Join(", ", report.Counts.Select(count => $"{count.Value} {count.Key}")) + $"; {report.Items.Sum(item => item.Sequences)} sequences.");
        var items = report.Items.Where(item => all || item.State != "done").OrderBy(item => Rank(item.State));
        var shown = SameReason.Collapse(items, item => !all && item.State == "rejected" ? item.ReasonCode : null);
        if (shown.Count > 0)
        {
            console.Write(Items(shown));
        }

        foreach (var run in report.Runs)
        {
            console.WriteLine($"Run {run.Id}: {run.State}{(run.Phase is null ? "" : $", {run.Phase}, epoch {run.Epoch.ToString(CultureInfo.InvariantCulture)}")}{(run.Message is null ? "" : $". {run.Message}")}");
        }
    }

    private static Table Items(IReadOnlyList<SameReason<StatusReport.Item>> items)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("State", "Patient", "Kind", "Path", "Seq.", "Tries", "Reason or note");
        foreach (var (item, others) in items)
        {
            table.AddRow(new[]
            {
                item.State, item.Patient, item.Kind, item.Path, item.Sequences.ToString(CultureInfo.InvariantCulture),
                Tries(item), (item.Reason ?? item.Note ?? "") + (others.Count == 0 ? "" : $" And {others.Count.ToString(CultureInfo.InvariantCulture)} more with the reason {item.ReasonCode}; --all lists them."),
            }.Select(cell => Markup.Escape(Printed.Of(cell))).ToArray());
        }

        return table;
    }

    private static string Tries(StatusReport.Item item) => FormattableString.Invariant(
        $"{item.Attempts}{(item.Deaths == 0 ? "" : $", {item.Deaths} ended workers")}{(item.Losses == 0 ? "" : $", {item.Losses} lost machines")}");

    private static int Rank(string state) => state switch { "running" => 0, "ready" => 1, "seen" => 2, "quarantined" => 3, "rejected" => 4, _ => 5 };
}
