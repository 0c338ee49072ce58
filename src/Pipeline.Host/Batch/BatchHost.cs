using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Akka.Actor;
using Akka.Configuration;
using Akka.Streams;
using Akka.Streams.Dsl;
using MhdNet.Host.Commands;
using MhdNet.Host.Dispatch;
using MhdNet.Host.Hosting;
using MhdNet.Host.Machines;
using MhdNet.Host.Progress;
using MhdNet.Host.Status;
using MhdNet.Host.Workers;
using MhdNet.Ingest.Ct;
using MhdNet.Ingest.Drop;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Ledger;
using MhdNet.Ingest.Sequences;
using MhdNet.Tiling.Slides;
using MhdNet.Tiling.Streams;

namespace MhdNet.Host.Batch;

/// <summary>Tiles a batch of slides through a work folder's ledger.</summary>
internal static class BatchHost
{
    private const string Quiet = "akka { loglevel = OFF, stdout-loglevel = OFF }";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Tiles to the end of the batch, or until it is stopped, and writes the summary.</summary>
    /// <param name="paths">The slides and how each is tiled.</param>
    /// <param name="folder">The work folder, in this process's hands.</param>
    /// <param name="config">All settings.</param>
    /// <param name="how">How many slides at the same time, and where.</param>
    /// <param name="retry">Whether rejected and quarantined slides are taken again.</param>
    /// <param name="output">Where a person follows it.</param>
    /// <param name="stop">Ctrl-C or SIGTERM.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> Run(IReadOnlyList<(string Path, SlideSettings Settings)> paths, WorkFolder folder, Config config, BatchWorkers how, bool retry, TextWriter output, CancellationToken stop)
    {
        var view = new PlainView(output, TimeProvider.System);
        var (results, elapsed, problem) = await Work(paths, folder, config, how, retry, planOnly: false, Sentence, view, stop).ConfigureAwait(false);
        return Close(new BatchSummary(results, elapsed), folder.FullPath, problem, view);
    }

    /// <summary>Works to the end of the batch, or until it is stopped.</summary>
    /// <param name="paths">The slides and how each is tiled.</param>
    /// <param name="folder">The work folder, in this process's hands.</param>
    /// <param name="config">All settings.</param>
    /// <param name="how">How many slides at the same time, and where.</param>
    /// <param name="retry">Whether rejected and quarantined slides are taken again.</param>
    /// <param name="planOnly">Whether tiles are planned and drawn, and not read.</param>
    /// <param name="sentence">What a person is told of a slide.</param>
    /// <param name="view">Where a person follows it.</param>
    /// <param name="stop">Ctrl-C or SIGTERM.</param>
    /// <returns>A result for each slide, in order; how long it took; why it had to be stopped, or null.</returns>
    public static async Task<(IReadOnlyList<BatchResult> Results, TimeSpan Elapsed, string? Problem)> Work(
        IReadOnlyList<(string Path, SlideSettings Settings)> paths, WorkFolder folder, Config config, BatchWorkers how, bool retry, bool planOnly, Func<BatchResult, string> sentence, PlainView view, CancellationToken stop)
    {
        var time = TimeProvider.System;
        using var certificate = how.InProcess ? null : RunCertificate.Create();
        var dispatch = DispatchSettings.From(config.GetConfig("mhdnet.dispatch")) with { Workers = how.Count, JobsPerWorker = 1 };
        using var gate = how is { InProcess: false, Listening: { } listening } ? Gate.Open(listening, dispatch.MachineLease) : null;
        gate?.Strangers(() => view.Line($"someone without this host's cookie tried to join at {how.Listening!.Endpoint} and was refused"));
        using var system = Start(certificate, config);
        system.ActorOf(Props.Create(() => new PartTeller(view.Line)), "teller");
        system.ActorOf(Props.Create(() => new BatchNote(folder.FullPath, paths.Count, time)), "note");
        using var materializer = system.Materializer();
        var attempts = LedgerSettings.From(config.GetConfig("mhdnet.ledger")) with { RetryDelay = TimeSpan.Zero, RetryDelayMax = TimeSpan.Zero };
        var ledger = system.ActorOf(LedgerActor.Props(folder.LedgerPath, new DropNames("/"), attempts, time, folder.Store, mark: folder.Mark), "ledger");
        var batch = new BatchLedger(ledger);
        var slides = await Enter(paths, batch, folder.Store, view).ConfigureAwait(false);
        if (retry)
        {
            await batch.Retry(slides).ConfigureAwait(false);
        }

        var started = time.GetTimestamp();
        var results = Channel.CreateUnbounded<BatchResult>();
        using var halt = CancellationTokenSource.CreateLinkedTokenSource(stop);
        string? problem = null;
        Action<string> giveUp = sentence =>
        {
            problem = sentence;
            halt.Cancel();
        };
        var queue = system.ActorOf(Props.Create(() => new BatchQueue(slides, ledger, folder.Store, results.Writer, giveUp, time)), "queue");
        var fleet = certificate is null
            ? Fleets.InProcess(dispatch, folder.Store, CtSettings.From(config), new SlideSettings())
            : Fleets.Processes(system, certificate, dispatch, folder.FullPath, CtSettings.From(config), new SlideSettings());
        var machines = gate is null ? null : Fleets.Machines(gate, dispatch, folder, null, CtSettings.From(config), new SlideSettings());
        var tiling = slides.ToDictionary(slide => slide.Item, slide => new TilingOrder(slide.Settings, BatchTiles.Of(folder.FullPath, slide.Item), planOnly));
        var root = system.ActorOf(Props.Create(() => new HostSupervisor((_, sentence) => results.Writer.TryComplete(new IOException(sentence)))), "host");
        var dispatcher = await root.Ask<IActorRef>(new HostSupervisor.StartPart("dispatcher", Props.Create(() => new Dispatcher(queue, dispatch, fleet, machines, job => tiling[job.Item], time))), Patience, CancellationToken.None).ConfigureAwait(false);
        IReadOnlyList<BatchResult> all;
        await using (halt.Token.Register(() => End(queue, dispatcher)))
        {
            all = await ChannelSource.FromReader(results.Reader)
                .Via(Told(view, slides.Count, sentence, () => time.GetElapsedTime(started)))
                .RunWith(Sink.Seq<BatchResult>(), materializer).ConfigureAwait(false);
        }

        await dispatcher.Ask<DispatchStopped>(new StopDispatch(), Patience, CancellationToken.None).ConfigureAwait(false);
        await system.Terminate().ConfigureAwait(false);
        HostNote.Remove(folder.FullPath);
        var place = slides.Select((slide, i) => (slide.Item, i)).ToDictionary();
        return ([.. all.OrderBy(result => place[result.Slide.Item])], time.GetElapsedTime(started), problem);
    }

    private static ActorSystem Start(RunCertificate? certificate, Config config) => certificate is null
        ? ActorSystem.Create("mhdnet", ConfigurationFactory.ParseString(Quiet).WithFallback(config))
        : ActorSystem.Create(
            WorkCluster.NewName(),
            BootstrapSetup.Create().WithConfig(ConfigurationFactory.ParseString(Quiet).WithFallback(WorkCluster.Of(WorkCluster.HostRole)).WithFallback(config)).And(certificate.Setup()));

    /// <summary>Slides in flight go back to the ledger; then there are no more results.</summary>
    private static void End(IActorRef queue, IActorRef dispatcher)
    {
        queue.Tell(new BatchQueue.StopBatch());
        dispatcher.Ask<DispatchStopped>(new StopDispatch(), Patience).PipeTo(queue, success: _ => new BatchQueue.BatchStopped(), failure: _ => new BatchQueue.BatchStopped());
    }

    private static async Task<IReadOnlyList<BatchSlide>> Enter(IReadOnlyList<(string Path, SlideSettings Settings)> paths, BatchLedger ledger, SequenceStore store, PlainView view)
    {
        var entry = new BatchEntry(await ledger.Known().ConfigureAwait(false), store.Source);
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

        await ledger.Enter(slides).ConfigureAwait(false);
        return slides;
    }

    private static Flow<BatchResult, BatchResult, Akka.NotUsed> Told(PlainView view, int slides, Func<BatchResult, string> sentence, Func<TimeSpan> elapsed)
    {
        var progress = new BatchProgress(slides, 0, 0);
        return Flow.Create<BatchResult>().Select(result =>
        {
            progress = progress.With(result);
            if (result.Begun || (result.Ended && !result.Known))
            {
                view.Line($"{result.Slide.Name}: {sentence(result)}");
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

    private static int Close(BatchSummary summary, string folder, string? problem, PlainView view)
    {
        if (problem is not null)
        {
            view.Line(problem);
            view.Line($"stopped with {Counted.Of(summary.Unfinished, "slide")} to go; once that is mended, the same call goes on from here");
            return ExitCode.Failed; // where there is no room, there is none for a summary either
        }

        summary.Write(folder);
        var others = BatchTiles.Join(folder, summary.Results.Where(result => result.State == ItemState.Done || result.Reason?.Code == "too-few-tiles").Select(result => result.Slide.Item));
        others.ForEach(path => view.Line($"{path} is missing, or of another version, so the slide is left out of tiles.csv; tile it into a new folder to have it there"));
        var without = summary.Results.Count(result => result.Known && result.Slide.Settings.MaskOutFile is { } outlines && !File.Exists(outlines));
        if (without > 0)
        {
            view.Line($"{Counted.Of(without, "slide")} finished before, so not read again, and without outlines in --mask-out: the same call with --dry-run writes them");
        }

        view.Line($"{summary.Sentence()}; {Path.Combine(folder, "summary.md")}");
        if (summary.Unfinished > 0)
        {
            view.Line($"stopped with {Counted.Of(summary.Unfinished, "slide")} to go; the same call goes on from here");
            return ExitCode.Failed;
        }

        return summary.Count(ItemState.Quarantined) > 0 ? ExitCode.Quarantined : ExitCode.Ok;
    }
}
