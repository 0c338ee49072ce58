using System.Globalization;
using Akka.Actor;
using Akka.Streams;
using Akka.Streams.Dsl;
using MhdNet.Host.Commands;
using MhdNet.Host.Progress;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Sequences;
using MhdNet.Tiling.Slides;
using MhdNet.Tiling.Streams;

namespace MhdNet.Host.Batch;

/// <summary>Plans slides and draws the plans. Enters nothing into a ledger.</summary>
internal static class DryRun
{
    /// <summary>Runs over the slides.</summary>
    /// <param name="slides">The slides and how each would be tiled.</param>
    /// <param name="output">A work folder; pictures, tables and <c>plan.csv</c> go into its folder <c>plan</c>, beside what was made of the same slides.</param>
    /// <param name="console">Where a person follows it.</param>
    /// <param name="stop">Ctrl-C or SIGTERM.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> Over(IReadOnlyList<(string Path, SlideSettings Settings)> slides, string output, TextWriter console, CancellationToken stop)
    {
        var time = TimeProvider.System;
        var view = new PlainView(console, time);
        var folder = Path.Combine(output, "plan");
        var store = new SequenceStore(folder);
        Directory.CreateDirectory(folder);
        using var system = ActorSystem.Create("mhdnet", "akka.loglevel = OFF, akka.stdout-loglevel = OFF");
        using var materializer = system.Materializer();
        var started = time.GetTimestamp();
        var plans = await Source.From(slides)
            .TakeWhile(_ => !stop.IsCancellationRequested)
            .SelectAsync(Environment.ProcessorCount, slide => Plan(slide, store, materializer))
            .Select(plan =>
            {
                view.Line($"{Path.GetFileName(plan.Path)}: {Sentence(plan.Slide)}");
                return plan;
            })
            .RunWith(Sink.Seq<(string Path, PlannedSlide Slide)>(), materializer).ConfigureAwait(false);
        await File.WriteAllLinesAsync(Path.Combine(folder, "plan.csv"), ["slide,planned,sparse,artefact,background,tissue,reason", .. plans.Select(Row)], CancellationToken.None).ConfigureAwait(false);
        if (Directory.Exists(Path.Combine(folder, "staging")))
        {
            Directory.Delete(Path.Combine(folder, "staging"), recursive: true); // a picture is staged like all that is stored
        }

        var elapsed = time.GetElapsedTime(started);
        view.Line(string.Create(CultureInfo.InvariantCulture, $"{plans.Count} of {slides.Count} slides planned, {plans.Sum(plan => (long)plan.Slide.Planned):N0} tiles would be read; {plans.Count / elapsed.TotalSeconds:0.0} slides a second; {Path.Combine(folder, "plan.csv")}"));
        return plans.Count < slides.Count ? ExitCode.Failed : plans.Any(plan => plan.Slide.IsFailure) ? ExitCode.Quarantined : ExitCode.Ok;
    }

    private static async Task<(string Path, PlannedSlide Slide)> Plan((string Path, SlideSettings Settings) slide, SequenceStore store, IMaterializer materializer)
    {
        var name = Path.GetFileNameWithoutExtension(slide.Path);
        var job = new Job(ItemId.OfSlide(name, slide.Path), ItemKind.Slide, name, [slide.Path], 1);
        return (slide.Path, await SlidePlanning.Plan(job, slide.Settings, store, BatchTiles.Of(store.WorkFolder, job.Item)).Run(materializer).ConfigureAwait(false));
    }

    private static string Sentence(PlannedSlide plan) => plan.Problem is { } problem
        ? problem.ToString()
        : string.Create(CultureInfo.InvariantCulture, $"tissue {plan.Tissue:P1}, {plan.Planned} tiles planned, {plan.Others!.Sparse} with little tissue, {plan.Others.Artefact} with pen or edge, {plan.Others.Background} without");

    private static string Row((string Path, PlannedSlide Slide) plan) => string.Create(
        CultureInfo.InvariantCulture,
        $"\"{Path.GetFileName(plan.Path).Replace("\"", "\"\"", StringComparison.Ordinal)}\",{plan.Slide.Planned},{plan.Slide.Others?.Sparse},{plan.Slide.Others?.Artefact},{plan.Slide.Others?.Background},{plan.Slide.Tissue:0.####},{plan.Slide.Problem?.Code}");
}
