using System.Diagnostics.CodeAnalysis;
using Akka.Actor;
using Akka.Configuration;
using Akka.Streams;
using Akka.Streams.Dsl;
using MhdNet.Host.Commands;
using MhdNet.Host.Dispatch;
using MhdNet.Host.Progress;
using MhdNet.Ingest.Drop;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Ledger;
using MhdNet.Tiling.Slides;

namespace MhdNet.Host.Batch;

/// <summary>Tiles a batch of slides through a work folder's ledger.</summary>
internal static class BatchHost
{
    /// <summary>Runs to the end of the batch, or until it is stopped.</summary>
    /// <param name="paths">The slides and how each is tiled.</param>
    /// <param name="folder">The work folder, in this process's hands.</param>
    /// <param name="config">All settings.</param>
    /// <param name="workers">Slides at the same time.</param>
    /// <param name="retry">Whether rejected and quarantined slides are taken again.</param>
    /// <param name="output">Where a person follows it.</param>
    /// <param name="stop">Ctrl-C or SIGTERM.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> Run(IReadOnlyList<(string Path, SlideSettings Settings)> paths, WorkFolder folder, Config config, int workers, bool retry, TextWriter output, CancellationToken stop)
    {
        var time = TimeProvider.System;
        var view = new PlainView(output, time);
        using var system = ActorSystem.Create("mhdnet", "akka.loglevel = OFF, akka.stdout-loglevel = OFF");
        using var materializer = system.Materializer();
        var attempts = LedgerSettings.From(config.GetConfig("mhdnet.ledger")) with { RetryDelay = TimeSpan.Zero, RetryDelayMax = TimeSpan.Zero };
        var ledger = system.ActorOf(LedgerActor.Props(folder.LedgerPath, new DropNames("/"), attempts, time, folder.Store), "ledger");
        var stream = new BatchStream(system, ledger, folder.Store, DispatchSettings.From(config.GetConfig("mhdnet.dispatch")).TimeLimit, time);
        var slides = await Enter(paths, stream, ledger, view).ConfigureAwait(false);
        if (retry)
        {
            await stream.Retry(slides).ConfigureAwait(false);
        }

        var started = time.GetTimestamp();
        var results = await stream.Results(slides, workers, stop)
            .Via(Told(view, slides.Count, () => time.GetElapsedTime(started)))
            .RunWith(Sink.Seq<BatchResult>(), materializer).ConfigureAwait(false);
        await system.Terminate().ConfigureAwait(false);
        var place = slides.Select((slide, i) => (slide.Item, i)).ToDictionary();
        return Close(new BatchSummary([.. results.OrderBy(result => place[result.Slide.Item])], time.GetElapsedTime(started)), slides.Count, folder.FullPath, view);
    }

    private static async Task<IReadOnlyList<BatchSlide>> Enter(IReadOnlyList<(string Path, SlideSettings Settings)> paths, BatchStream stream, IActorRef ledger, PlainView view)
    {
        var known = await ledger.Ask<ItemList>(new GetItems(), TimeSpan.FromMinutes(1)).ConfigureAwait(false);
        var entry = new BatchEntry(known.Items);
        view.Line($"{Counted.Of(paths.Count, "slide")}; comparing them with the ledger");
        var slides = new List<BatchSlide>();
        foreach (var (path, settings) in paths)
        {
            var slide = entry.Enter(path, settings, out var sameAs);
            if (sameAs is null)
            {
                slides.Add(slide);
            }
            else
            {
                view.Line($"{path}: left out, it has the same content as {sameAs}");
            }
        }

        await stream.Enter(slides).ConfigureAwait(false);
        return slides;
    }

    private static Flow<BatchResult, BatchResult, Akka.NotUsed> Told(PlainView view, int slides, Func<TimeSpan> elapsed)
    {
        var progress = new BatchProgress(slides, 0, 0);
        return Flow.Create<BatchResult>().Select(result =>
        {
            progress = progress.With(result);
            if (!result.Known)
            {
                view.Line($"{result.Slide.Name}: {Sentence(result)}");
                view.Line(progress.Line(elapsed()));
            }

            return result;
        });
    }

    [SuppressMessage("Globalization", "CA1305", Justification = "The program runs with the invariant culture.")]
    private static string Sentence(BatchResult result) => result switch
    {
        { State: ItemState.Done } => $"{Counted.Of(result.Sequences, "sequence")}, {result.Counts!.Kept} of {result.Counts.Grid} tiles kept, {result.Duration.TotalSeconds:0.0} s{(result.Note is null ? "" : $" ({result.Note})")}",
        { State: ItemState.Rejected or ItemState.Quarantined } => $"{result.State.ToString().ToLowerInvariant()}, {result.Reason}",
        _ => "stopped; the next call takes it again",
    };

    private static int Close(BatchSummary summary, int slides, string folder, PlainView view)
    {
        summary.Write(folder);
        var stopped = summary.Results.Count < slides || summary.Results.Any(result => result.State == ItemState.Ready);
        view.Line($"{summary.Sentence()}; {Path.Combine(folder, "summary.md")}");
        if (stopped)
        {
            view.Line($"stopped with {Counted.Of(slides - summary.Results.Count(result => result.State != ItemState.Ready), "slide")} to go; the same call goes on from here");
        }

        return stopped ? ExitCode.Failed : summary.Count(ItemState.Quarantined) > 0 ? ExitCode.Quarantined : ExitCode.Ok;
    }
}
