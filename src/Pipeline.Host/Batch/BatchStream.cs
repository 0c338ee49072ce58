using Akka;
using Akka.Actor;
using Akka.Streams;
using Akka.Streams.Dsl;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Ledger;
using MhdNet.Ingest.Sequences;
using MhdNet.Tiling.Slides;
using MhdNet.Tiling.Streams;

namespace MhdNet.Host.Batch;

/// <summary>Slides on their way through the ledger: entered, taken, tiled, finished. A slide that fails is tried again at once, and quarantined after the last attempt.</summary>
/// <param name="system">Runs the slides' streams.</param>
/// <param name="ledger">The ledger's actor.</param>
/// <param name="store">Where sequences go.</param>
/// <param name="limit">Time after which a slide counts as hung.</param>
/// <param name="time">The clock.</param>
internal sealed class BatchStream(ActorSystem system, IActorRef ledger, SequenceStore store, TimeSpan limit, TimeProvider time)
{
    private static readonly TimeSpan LedgerPatience = TimeSpan.FromMinutes(1);

    /// <summary>Enters slides into the ledger.</summary>
    /// <exception cref="IOException">The ledger cannot be written; the message says why.</exception>
    public Task Enter(IEnumerable<BatchSlide> slides) => Ask<Stored>(new Observed(0, [], [], [.. slides.Select(BatchEntry.Observation)], []));

    /// <summary>Puts items that ended without sequences back to work.</summary>
    /// <exception cref="IOException">The ledger cannot be written; the message says why.</exception>
    public async Task Retry(IEnumerable<BatchSlide> slides)
    {
        foreach (var slide in slides)
        {
            if ((await Ask<ItemStored>(new GetItem(slide.Item)).ConfigureAwait(false)).Record is { State: ItemState.Rejected or ItemState.Quarantined })
            {
                await Ask<ItemStored>(new Ingest.Ledger.Retry(slide.Item)).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Tiles slides, several at a time.</summary>
    /// <param name="slides">Slides that were entered.</param>
    /// <param name="workers">How many at a time.</param>
    /// <param name="stop">Stops: no further slide begins, and those in flight go back to the ledger.</param>
    public Source<BatchResult, NotUsed> Results(IReadOnlyList<BatchSlide> slides, int workers, CancellationToken stop) => Source.From(slides)
        .TakeWhile(_ => !stop.IsCancellationRequested)
        .SelectAsyncUnordered(workers, slide => Finish(slide, stop));

    private async Task<BatchResult> Finish(BatchSlide slide, CancellationToken stop)
    {
        var begun = time.GetTimestamp();
        var tried = false;
        while (!stop.IsCancellationRequested && (await Ask<Jobs>(new TakeItem(slide.Item)).ConfigureAwait(false)).Items is [var job])
        {
            tried = true;
            var started = time.GetTimestamp();
            var outcome = await Tile(job, slide.Settings, stop).ConfigureAwait(false);
            await Ask<ItemStored>(outcome is null ? new JobReturned(job.Item) : new JobFinished(job.Item, outcome, time.GetElapsedTime(started), job.Attempt)).ConfigureAwait(false);
        }

        var record = (await Ask<ItemStored>(new GetItem(slide.Item)).ConfigureAwait(false)).Record!;
        return new BatchResult(slide, record.State, record.Reason, record.Note, record.Sequences, tried ? time.GetElapsedTime(begun) : record.Duration ?? TimeSpan.Zero, !tried && record.State != ItemState.Ready)
        {
            Source = record.State == ItemState.Done ? store.ReadManifest<TileFrame, SlideSource>(slide.Item).Source : null,
        };
    }

    /// <summary>Null where it was stopped before its end.</summary>
    private async Task<Outcome?> Tile(Job job, SlideSettings settings, CancellationToken stop)
    {
        using var materializer = system.Materializer(); // its end is the end of the slide's stream
        try
        {
            return await SlideStream.Tile(job, settings, store, Table(job.Item)).Run(materializer).WaitAsync(limit, time, stop).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return new Outcome.Failed(new Reason("time-limit", $"{job.Files[0]}: not finished after {limit.TotalSeconds:0} s. If it is good and large, raise mhdnet.dispatch.time-limit and run again with --retry."));
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // A stream that is torn down or cannot even be built fails its slide, not the batch.
            return new Outcome.Failed(new Reason("unexpected-error", $"{job.Files[0]}: {e.GetType().Name}: {e.Message}"));
        }
    }

    private string Table(ItemId item) => Path.Combine(store.WorkFolder, "tiles", item + ".csv");

    private async Task<T> Ask<T>(object request) => await ledger.Ask<object>(request, LedgerPatience).ConfigureAwait(false) switch
    {
        T answer => answer,
        LedgerFailed failed => throw new IOException(failed.Reason.Sentence),
        var other => throw new InvalidOperationException($"the ledger answered {request.GetType().Name} with {other.GetType().Name}"),
    };
}
