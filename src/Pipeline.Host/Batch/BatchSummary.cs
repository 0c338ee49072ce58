using System.Globalization;
using System.Text;
using CsvHelper;
using MhdNet.Ingest.Items;

namespace MhdNet.Host.Batch;

/// <summary><c>summary.csv</c> and <c>summary.md</c>: what became of every slide of a call.</summary>
/// <param name="Results">The slides.</param>
/// <param name="Elapsed">How long the call took.</param>
internal sealed record BatchSummary(IReadOnlyList<BatchResult> Results, TimeSpan Elapsed)
{
    /// <summary>How many slides ended so.</summary>
    public int Count(ItemState state) => Results.Count(result => result.State == state);

    /// <summary>How many slides did not end: the call was stopped.</summary>
    public int Unfinished => Results.Count(result => !result.Ended);

    /// <summary>Writes both files, each put into place when it is whole.</summary>
    public void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        Replace(Path.Combine(folder, "summary.csv"), Table());
        Replace(Path.Combine(folder, "summary.md"), Page());
    }

    /// <summary>One sentence for the last line.</summary>
    public string Sentence()
    {
        var (done, rejected, quarantined) = (Count(ItemState.Done), Count(ItemState.Rejected), Count(ItemState.Quarantined));
        var known = Results.Count(result => result.Known);
        return $"{done} of {Results.Count} slides tiled, {rejected} rejected, {quarantined} quarantined{(Unfinished > 0 ? $", {Unfinished} not finished" : "")}{(known > 0 ? $" ({known} of them before)" : "")}";
    }

    private string Table()
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using var csv = new CsvWriter(text, CultureInfo.InvariantCulture, leaveOpen: true);
        csv.WriteRecords(Results.Select(result => new
        {
            slide = result.Slide.Name,
            path = result.Slide.Path,
            item = result.Slide.Item.Value,
            state = Word(result.State),
            reason = result.Reason?.Code,
            sequences = result.Sequences,
            seconds = Math.Round(result.Duration.TotalSeconds, 2),
            mpp_x = result.Source?.MppX,
            mpp_y = result.Source?.MppY,
            mpp_from = result.Source is { } source ? System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(source.MppFrom.ToString()) : null,
            tissue = result.Source is { } slide ? Math.Round(slide.TissueShare, 4) : (double?)null,
            grid = result.Counts?.Grid,
            background = result.Counts?.Background,
            sparse = result.Counts?.Sparse,
            artefact = result.Counts?.Artefact,
            unreadable = result.Counts?.Unreadable,
            white = result.Counts?.White,
            colourless = result.Counts?.Colourless,
            blurred = result.Counts?.Blurred,
            cell_sparse = result.Counts?.CellSparse,
            kept = result.Counts?.Kept,
            used = result.Counts?.Used,
            sentence = result.Reason?.Sentence ?? result.Note,
        }));
        csv.Flush();
        return text.ToString();
    }

    private string Page()
    {
        var fresh = Results.Where(result => result.Ended && result.Begun).ToList();
        var kept = fresh.Sum(result => (long)(result.Counts?.Kept ?? 0));
        var page = new StringBuilder();
        page.AppendLine("# Slides").AppendLine();
        page.AppendLine(CultureInfo.InvariantCulture, $"{Sentence()}.").AppendLine();
        page.AppendLine(CultureInfo.InvariantCulture, $"{fresh.Count} slides in {Elapsed:hh\\:mm\\:ss}, {kept:N0} tiles kept, {kept / Math.Max(0.001, Elapsed.TotalSeconds):N0} a second.").AppendLine();
        page.AppendLine("| state | reason | slides |").AppendLine("|---|---|---:|");
        foreach (var group in Results.GroupBy(result => (result.State, result.Reason?.Code)).OrderBy(group => group.Key.State).ThenByDescending(group => group.Count()))
        {
            page.AppendLine(CultureInfo.InvariantCulture, $"| {Word(group.Key.State)} | {group.Key.Code} | {group.Count()} |");
        }

        page.AppendLine().AppendLine("| slide | state | sequences | tiles kept | seconds | |").AppendLine("|---|---|---:|---:|---:|---|");
        foreach (var result in Results)
        {
            page.AppendLine(CultureInfo.InvariantCulture, $"| {Cell(result.Slide.Name)} | {Word(result.State)} | {result.Sequences} | {result.Counts?.Kept} | {result.Duration.TotalSeconds:0.0} | {Cell(result.Reason?.ToString() ?? result.Note ?? "")} |");
        }

        return page.ToString();
    }

    private static string Word(ItemState state) => state switch { ItemState.Ready or ItemState.Running or ItemState.Seen => "not finished", _ => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(state.ToString()) };

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).Replace('\n', ' ');

    private static void Replace(string path, string text)
    {
        File.WriteAllText(path + ".part", text);
        File.Move(path + ".part", path, overwrite: true);
    }
}
