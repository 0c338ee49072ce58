using System.Threading.Channels;
using Akka.Actor;
using MhdNet.Host.Commands;
using MhdNet.Host.Workers;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Ledger;
using MhdNet.Ingest.Sequences;
using MhdNet.Tiling.Streams;

namespace MhdNet.Host.Batch;

/// <summary>
/// The slides of a batch on their way through the ledger, in the batch's order: stands before the ledger and gives the dispatcher these slides and no others. A slide that fails, or ends its
/// worker, is tried again at once. Each ends in one result.
/// </summary>
internal sealed class BatchQueue : ReceiveActor
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10); // of a share
    private readonly IActorRef _ledger;
    private readonly SequenceStore _store;
    private readonly TimeProvider _time;
    private readonly ChannelWriter<BatchResult> _results;
    private readonly Action<string> _giveUp;
    private readonly string _folder;
    private readonly LinkedList<BatchSlide> _waiting;
    private readonly Queue<BatchSlide> _taking = new();
    private readonly Dictionary<ItemId, BatchSlide> _open;
    private readonly Dictionary<ItemId, long> _begun = [];
    private readonly List<Job> _jobs = [];
    private IActorRef? _asker;
    private int _wanted;
    private bool _stopped;

    /// <summary>A queue.</summary>
    /// <param name="slides">Slides that were entered into the ledger, each once.</param>
    /// <param name="ledger">The ledger's actor.</param>
    /// <param name="store">Where sequences go.</param>
    /// <param name="results">Where results go, one for each slide; complete when all are there.</param>
    /// <param name="giveUp">Called where the batch must be stopped, with the reason: the disk is full, the slides' share is away.</param>
    /// <param name="time">The clock.</param>
    public BatchQueue(IReadOnlyList<BatchSlide> slides, IActorRef ledger, SequenceStore store, ChannelWriter<BatchResult> results, Action<string> giveUp, TimeProvider time)
    {
        (_ledger, _store, _results, _giveUp, _time) = (ledger, store, results, giveUp, time);
        _folder = SlideList.CommonFolder([.. slides.Select(slide => slide.Path)]);
        (_waiting, _open) = (new LinkedList<BatchSlide>(slides), slides.ToDictionary(slide => slide.Item));
        Receive<ReturnRunning>(_ledger.Forward);
        Receive<TakeReady>(Take);
        Receive<Jobs>(Taken);
        Receive<JobFinished>(finished => finished.Outcome is Outcome.Done, _ledger.Tell);
        Receive<JobFinished>(finished => Judge(finished, finished.Item));
        Receive<JobDied>(died => Judge(died, died.Item));
        Receive<JobLost>(_ledger.Tell);
        Receive<JobAcquitted>(acquitted => _ledger.Tell(acquitted, ActorRefs.NoSender)); // its answer would look like a job's
        Receive<JobReturned>(_ledger.Tell);
        Receive<ItemStored>(stored => Ended(stored.Record!));
        Receive<LedgerFailed>(failed => _results.TryComplete(new IOException(failed.Reason.Sentence)));
        Receive<WorkersImpossible>(impossible => _results.TryComplete(new InputException(impossible.Sentence, ExitCode.Environment)));
        Receive<StopBatch>(_ => _stopped = true);
        Receive<BatchStopped>(_ => AskForTheRest());
    }

    /// <inheritdoc/>
    protected override void PreStart()
    {
        Context.System.EventStream.Subscribe(Self, typeof(WorkersImpossible));
        CompleteIfEmpty();
    }

    private void Take(TakeReady request)
    {
        (_asker, _wanted) = (Sender, request.Max);
        TakeMore();
    }

    private void TakeMore()
    {
        while (!_stopped && _taking.Count + _jobs.Count < _wanted && _waiting.First is { Value: var slide })
        {
            _waiting.RemoveFirst();
            _taking.Enqueue(slide);
            _begun.TryAdd(slide.Item, _time.GetTimestamp());
            _ledger.Tell(new TakeItem(slide.Item));
        }

        if (_taking.Count == 0)
        {
            _asker?.Tell(new Jobs([.. _jobs], null));
            _jobs.Clear();
            _asker = null;
        }
    }

    /// <summary>The ledger answers in the order of the questions; an item that is not ready ended before.</summary>
    private void Taken(Jobs answer)
    {
        var slide = _taking.Dequeue();
        if (answer.Items is [var job])
        {
            _jobs.Add(job);
        }
        else
        {
            _begun.Remove(slide.Item);
            _ledger.Tell(new GetItem(slide.Item));
        }

        TakeMore();
    }

    /// <summary>What fails, or ends its worker, while the slides' folder is away (a share that does not answer, a disk that is not mounted) says nothing of the slide, and the next would fail, too.</summary>
    private void Judge(object news, ItemId item)
    {
        if (Task.Run(() => FolderPresence.IsThere(_folder)) is var look && look.Wait(Patience) && look.Result)
        {
            _ledger.Tell(news);
            return;
        }

        _ledger.Tell(new JobReturned(item));
        GiveUp($"The folder of the slides, {_folder}, is not there any more. Look whether it is mounted and its share answers.");
    }

    private void GiveUp(string sentence)
    {
        if (!_stopped)
        {
            _stopped = true;
            _giveUp(sentence);
        }
    }

    private void Ended(ItemRecord record)
    {
        if (!_open.TryGetValue(record.Id, out var slide))
        {
            return;
        }

        if (record is { State: ItemState.Ready, Reason: { Code: LedgerRules.DiskFull } full })
        {
            GiveUp(full.Sentence); // trying again at once would fill it again, and again
        }

        if (record.State == ItemState.Ready && !_stopped)
        {
            _waiting.AddFirst(slide); // the dispatcher hears of it from the ledger
            return;
        }

        _open.Remove(record.Id);
        _results.TryWrite(Result(slide, record, _begun.TryGetValue(record.Id, out var begun) ? _time.GetElapsedTime(begun) : null));
        CompleteIfEmpty();
    }

    private BatchResult Result(BatchSlide slide, ItemRecord record, TimeSpan? took) =>
        new(slide, record.State, record.Reason, record.Note, record.Sequences, took ?? record.Duration ?? TimeSpan.Zero, Begun: took is not null)
        {
            Source = record.State is ItemState.Done or ItemState.Rejected ? _store.Source(slide.Item) : null,
        };

    /// <summary>Slides that were not begun: the ledger knows which of them an earlier call finished.</summary>
    private void AskForTheRest()
    {
        foreach (var item in _open.Keys)
        {
            _ledger.Tell(new GetItem(item));
        }

        CompleteIfEmpty();
    }

    private void CompleteIfEmpty()
    {
        if (_open.Count == 0)
        {
            _results.TryComplete();
        }
    }

    /// <summary>No further slide begins; those that workers give back are not begun again.</summary>
    internal sealed record StopBatch;

    /// <summary>No worker is left: what has no result yet will have none in this call.</summary>
    internal sealed record BatchStopped;
}
