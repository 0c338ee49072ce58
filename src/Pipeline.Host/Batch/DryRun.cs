using System.Globalization;
using Akka.Configuration;
using CsvHelper;
using MhdNet.Host.Commands;
using MhdNet.Host.Progress;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Ledger;
using MhdNet.Tiling.Slides;

namespace MhdNet.Host.Batch;

/// <summary>Plans slides and draws the plans: a batch with a ledger of its own, which goes when it ends.</summary>
internal static class DryRun
{
    /// <summary>Where the plan of a work folder's slides goes: beside what was made of the same slides.</summary>
    public static string Folder(string output) => Path.Combine(output, "plan");

    /// <summary>Runs over the slides.</summary>
    /// <param name="slides">The slides and how each would be tiled.</param>
    /// <param name="folder">The plan's folder, in this process's hands; pictures, tables and <c>plan.csv</c> go there.</param>
    /// <param name="config">All settings.</param>
    /// <param name="how">How many slides at the same time, and where.</param>
    /// <param name="output">Where a person follows it.</param>
    /// <param name="stop">Ctrl-C or SIGTERM.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> Over(IReadOnlyList<(string Path, SlideSettings Settings)> slides, WorkFolder folder, Config config, BatchWorkers how, TextWriter output, CancellationToken stop)
    {
        var view = new PlainView(output, TimeProvider.System);
        RemoveTraces(folder); // of a dry run that was killed
        var (results, elapsed, problem) = await BatchHost.Work(slides, folder, config, how, retry: false, planOnly: true, Sentence, view, stop).ConfigureAwait(false);
        RemoveTraces(folder);
        var plan = Path.Combine(folder.FullPath, "plan.csv");
        Write(plan, results);
        var ended = results.Count(result => result.Ended);
        view.Line(problem ?? string.Create(CultureInfo.InvariantCulture, $"{ended} of {Counted.Of(results.Count, "slide")} planned, {results.Sum(result => (long)Planned(result)):N0} tiles would be read; {ended / elapsed.TotalSeconds:0.0} slides a second; {plan}"));
        return ended < results.Count ? ExitCode.Failed : results.Any(result => result.State == ItemState.Quarantined) ? ExitCode.Quarantined : ExitCode.Ok;
    }

    /// <summary>Tiles of the grid that nothing speaks against before they are read.</summary>
    private static int Planned(BatchResult result) => result is { State: ItemState.Done, Source: { } slide } ? (slide.Grid.Columns * slide.Grid.Rows) - slide.Counts.Grid : 0;

    private static string Sentence(BatchResult result) => result switch
    {
        { State: ItemState.Done, Source: { } slide } => string.Create(CultureInfo.InvariantCulture, $"tissue {slide.TissueShare:P1}, {Planned(result)} tiles planned, {slide.Counts.Sparse} with little tissue, {slide.Counts.Artefact} with pen or edge, {slide.Counts.Background} without"),
        { Reason: { } reason } => $"{result.State.ToString().ToLowerInvariant()}, {reason}",
        _ => "stopped",
    };

    private static void Write(string path, IEnumerable<BatchResult> results)
    {
        using (var text = new StreamWriter(path + ".part"))
        using (var csv = new CsvWriter(text, CultureInfo.InvariantCulture))
        {
            csv.WriteRecords(results.Select(result => new
            {
                slide = result.Slide.Name,
                path = result.Slide.Path,
                item = result.Slide.Item.Value,
                planned = Planned(result),
                sparse = result.Counts?.Sparse,
                artefact = result.Counts?.Artefact,
                background = result.Counts?.Background,
                tissue = result.Source is { } slide ? Math.Round(slide.TissueShare, 4) : (double?)null,
                reason = result.Reason?.Code,
            }));
        }

        File.Move(path + ".part", path, overwrite: true);
    }

    /// <summary>Ledger and empty folders: a plan is made anew each time.</summary>
    private static void RemoveTraces(WorkFolder folder)
    {
        foreach (var file in Directory.GetFiles(folder.FullPath, Path.GetFileName(folder.LedgerPath) + "*"))
        {
            File.Delete(file);
        }

        foreach (var empty in Directory.GetDirectories(folder.FullPath).Where(path => !Directory.EnumerateFileSystemEntries(path).Any()))
        {
            Directory.Delete(empty);
        }
    }
}
