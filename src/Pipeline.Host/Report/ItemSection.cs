using MhdNet.Host.Status;
using MhdNet.Ingest.Items;
using static MhdNet.Host.Report.ReportPage;

namespace MhdNet.Host.Report;

/// <summary>What became of everything in the drop folder: what needs a look first, then all, then the pictures.</summary>
internal static class ItemSection
{
    public static string Write(IReadOnlyList<ItemRow> items)
    {
        var open = items.Where(item => item.State != ItemState.Done).OrderByDescending(item => item.State).ThenBy(item => item.Patient, StringComparer.Ordinal).ToList();
        var done = items.Where(item => item.State == ItemState.Done).ToList();
        return
            $"""
            <section>
            <h2>What was in the drop folder</h2>
            <p>{Count(done, ItemKind.Ct)} CT series and {Count(done, ItemKind.Slide)} slides became sequences; {open.Count} items did not.</p>
            {(open.Count == 0 ? "" : $"<table><tr><th>State</th><th>Patient</th><th>Path</th><th>Reason</th><th class=\"n\">Attempts</th></tr>{Rows(SameReason.Collapse(open, item => item.State == ItemState.Rejected ? item.ReasonCode : null), Open)}</table>")}
            <details><summary>The {done.Count} items that became sequences</summary>
            <table><tr><th>Patient</th><th>Kind</th><th>Path</th><th class="n">Sequences</th></tr>{Rows(done, Done)}</table></details>
            <h2>Quality pictures</h2>
            <p class="soft">Slides: kept tiles and dropped ones by reason. CT: the kept frames. Click to enlarge.</p>
            <div class="pictures">{Rows(items.Where(item => item.Picture is not null), Picture)}</div>
            </section>
            """;
    }

    private static int Count(IEnumerable<ItemRow> items, ItemKind kind) => items.Count(item => item.Kind == kind);

    private static string Open(SameReason<ItemRow> same)
    {
        var (row, others) = (same.First, same.Others);
        var more = others.Count == 0
            ? ""
            : $"<details><summary>and {others.Count} more with the reason {Text(row.ReasonCode ?? "")}</summary>{Rows(others, other => $"<div>{Text(other.Path)}: {Text(other.Reason ?? "")}</div>")}</details>";
        return $"<tr><td class=\"state{(row.State == ItemState.Quarantined ? " bad" : "")}\">{row.State.ToString().ToLowerInvariant()}</td><td>{Text(row.Patient)}</td><td>{Text(row.Path)}</td><td>{Text(row.Reason ?? "")}{more}</td><td class=\"n\">{row.Attempts}</td></tr>";
    }

    private static string Done(ItemRow row) =>
        $"<tr><td>{Text(row.Patient)}</td><td>{(row.Kind == ItemKind.Ct ? "CT series" : "slide")}</td><td>{Text(row.Path)}</td><td class=\"n\">{row.Sequences}</td></tr>";

    private static string Picture(ItemRow row) =>
        $"<figure><a href=\"{Text(row.Picture!)}\"><img loading=\"lazy\" alt=\"{Text(row.Id)}\" src=\"{Text(row.Picture!)}\"></a><figcaption>{Text(row.Patient)}, {Text(row.Path)}: {row.State.ToString().ToLowerInvariant()}</figcaption></figure>";
}
