using Akka.Actor;
using Akka.Event;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Ledger;

namespace MhdNet.Ingest.Drop;

/// <summary>
/// Watches the drop folder: look, probe, tell the ledger, wait; one after the other, so that a slow disk or ledger slows the watching and piles nothing up.
/// What the ledger did not confirm is told again. The drop folder itself is never written to.
/// </summary>
public sealed class DropFolderActor : ReceiveActor, IWithTimers, IWithStash
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly DropNames _names;
    private readonly DropSettings _settings;
    private readonly IFileProbe _probe;
    private readonly IActorRef _ledger;
    private readonly TimeProvider _time;
    private readonly DiskWatermark? _disk;
    private readonly List<(ItemId Item, string Path)> _reopened = [];
    private readonly HashSet<string> _reported = new(StringComparer.Ordinal);
    private FolderHint? _hint;
    private bool _hinted;
    private bool _forgotten;
    private bool _counting;
    private string? _mount;
    private DropState _state = DropState.Empty;
    private IntakeStatus? _status;
    private long _look;
    private long _began;

    /// <summary>Begins with what the ledger knows.</summary>
    /// <param name="names">The drop folder, and how its names are shown.</param>
    /// <param name="settings">Waits and bounds.</param>
    /// <param name="probe">Reads headers.</param>
    /// <param name="ledger">The ledger's actor.</param>
    /// <param name="time">The clock that decides what is stable.</param>
    /// <param name="disk">When the work folder's disk has too little room; told with each look.</param>
    public DropFolderActor(DropNames names, DropSettings settings, IFileProbe probe, IActorRef ledger, TimeProvider time, DiskWatermark? disk = null)
    {
        (_names, _settings, _probe, _ledger, _time, _disk) = (names, settings, probe, ledger, time, disk);
        Remembering();
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <inheritdoc/>
    public IStash Stash { get; set; } = null!;

    /// <summary>How to start the actor.</summary>
    public static Props Props(DropNames names, DropSettings settings, IFileProbe probe, IActorRef ledger, TimeProvider time, DiskWatermark? disk = null) =>
        Akka.Actor.Props.Create(() => new DropFolderActor(names, settings, probe, ledger, time, disk));

    /// <inheritdoc/>
    protected override void PreStart()
    {
        Context.System.EventStream.Subscribe(Self, typeof(ItemChanged));
        Context.System.EventStream.Subscribe(Self, typeof(PatientForgotten));
        AskForKnown();
    }

    /// <inheritdoc/>
    protected override void PostStop()
    {
        Context.System.EventStream.Unsubscribe(Self);
        _hint?.Dispose();
    }

    /// <summary>A round of probes that breaks off is not repeated; the next look begins another.</summary>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Stop);

    private void Remembering()
    {
        Receive<Known>(known =>
        {
            _state = DropState.Resume(known.Files, known.Items);
            Look();
        });
        Receive<LedgerFailed>(_ => Timers.StartSingleTimer("patience", new TryAgain(0), _settings.PollInterval));
        Receive<TryAgain>(_ => AskForKnown());
        Always();
    }

    private void Waiting()
    {
        Receive<LookNow>(_ => Look());
        Receive<PatientForgotten>(_ => Remember());
        Receive<ItemChanged>(change => change.Item.State == ItemState.Seen, change =>
        {
            _reopened.Add((change.Item.Id, change.Item.Path)); // a person put it back, or its files changed while a job read them: that does not wait for the end of the rest
            Look();
        });
        Receive<ItemChanged>(change => change.Item.State is ItemState.Done or ItemState.Rejected or ItemState.Quarantined && !_counting && _status is { Items.AreFinal: false }, _ =>
        {
            _counting = true;
            _ledger.Tell(new CountItems());
        });
        Receive<ItemCounts>(counts =>
        {
            _counting = false;
            if (counts.AreFinal)
            {
                Look(); // who follows the intake waits for the end
            }
        });
        Receive<FolderHint.Moved>(_ => Timers.StartSingleTimer("look", new LookNow(), _settings.PollInterval));
        Always();
    }

    private void Looking()
    {
        Receive<Listing>(IsUnmounted, listing => Unmounted());
        Receive<Listing>(Probe);
        Receive<Status.Failure>(failure =>
        {
            Stand([new DropFolderProblem(_names.Folder, $"The drop folder {_names.Folder} cannot be listed: {failure.Cause.Message} It is tried again every {_settings.PollInterval.TotalSeconds:0.#} s; check that it is mounted and may be read.")]);
            Wait();
        });
        Receive<TryAgain>(_ => Stand([new DropFolderProblem(_names.Folder, $"The drop folder {_names.Folder} has not answered for {Patience.TotalSeconds:0} s. Check the disk or network share it is on.")]));
        Always();
    }

    private void Probing(Listing listing, IActorRef current)
    {
        Receive<ProbeRound.Finished>(round =>
        {
            _state = DropScan.Learn(_state, round.Answers, _time.GetUtcNow());
            Tell(listing, round.Answers.Count >= _settings.ProbeBatch);
        });
        Receive<Terminated>(ended => ended.ActorRef.Equals(current), _ => Tell(listing, more: false));
        Always();
    }

    private void Telling(DropState next, int pending, DropFolderProblem[] problems, bool more)
    {
        Receive<Stored>(stored => stored.Look == _look, stored =>
        {
            _state = next;
            _status = new IntakeStatus(pending, stored.Counts, problems);
            Report(problems);
            Context.System.EventStream.Publish(_status);
            Stash.UnstashAll();
            Wait(more ? TimeSpan.Zero : next.IsMoving ? null : Rest(next.HasUnreadable || problems.Length > 0 ? _settings.ProbeRetryMax / 2 : _settings.RestMax));
        });
        Receive<LedgerFailed>(_ => Wait());
        Receive<TryAgain>(again => again.Look == _look, _ => Wait());
        Always();
    }

    /// <summary>What is understood at any time; everything else that comes late is of a look that is over.</summary>
    private void Always()
    {
        Receive<ItemChanged>(change =>
        {
            if (change.Item.State == ItemState.Seen)
            {
                _reopened.Add((change.Item.Id, change.Item.Path));
            }
        });
        Receive<GetIntakeStatus>(_ =>
        {
            if (_status is null)
            {
                Stash.Stash();
            }
            else
            {
                Sender.Tell(_status);
            }
        });
        Receive<ItemCounts>(_ => _counting = false);
        Receive<FolderHint.Moved>(_ => _hinted = true);
        Receive<PatientForgotten>(_ => _forgotten = true);
        ReceiveAny(_ => { });
    }

    private void AskForKnown()
    {
        _ledger.Tell(new GetKnown());
        Timers.StartSingleTimer("patience", new TryAgain(0), Patience);
    }

    private void Look()
    {
        Timers.CancelAll();
        _look++;
        _began = _time.GetTimestamp();
        _state = _state.Forget(_reopened);
        _reopened.Clear();
        Become(Looking);
        (_hinted, _counting) = (false, false);
        _hint ??= FolderHint.Begin(_names.Folder, Self);
        _hint?.Ask();
        var names = _names;
        Task.Run(() => names.Shown(FolderListing.Read(names.Folder))).PipeTo(Self);
        Timers.StartSingleTimer("patience", new TryAgain(_look), Patience);
    }

    /// <summary>A folder that is bare all at once on another file system than before was not emptied: its disk is gone.</summary>
    private bool IsUnmounted(Listing listing) => listing.IsBare && _state.Files.Count > 0 && listing.Mount != _mount;

    private void Unmounted()
    {
        Stand([new DropFolderProblem(_names.Folder, $"The drop folder {_names.Folder} is empty, and {_state.Files.Count} files of it are known: it is probably not mounted. Nothing is forgotten; mount it again. If all was deleted on purpose, make a file .done there.")]);
        _hint?.Dispose();
        _hint = null; // it watches the folder under the mount
        Wait();
    }

    private void Probe(Listing listing)
    {
        _mount = listing.Mount;
        var now = _time.GetUtcNow();
        _state = DropScan.Look(_state, listing, now, _settings);
        var files = DropScan.ToProbe(_state, now, _settings);
        if (files.Count == 0)
        {
            Tell(listing, more: false);
            return;
        }

        var stream = ProbeStream.Of(files, _names, _probe, _settings, _time);
        var round = Context.Watch(Context.ActorOf(Akka.Actor.Props.Create(() => new ProbeRound(stream)), $"probes-{_look}"));
        Become(() => Probing(listing, round));
    }

    private void Tell(Listing listing, bool more)
    {
        var (next, news) = DropItems.Conclude(_state, listing, _time.GetUtcNow(), _settings);
        DropFolderProblem[] problems =
        [
            .. _disk?.Low() is { } low ? [new DropFolderProblem(_names.Folder, low.Sentence) { IsDiskLow = true }] : Array.Empty<DropFolderProblem>(),
            .. MisnamedFiles.Problems(listing.Misnamed, _names.Folder),
            .. listing.Unlisted.Select(folder => new DropFolderProblem(
                Path.Combine(_names.Folder, folder.Key), $"{folder.Key} cannot be listed: {folder.Value} What is in it is left as it was; check that this user may read it.")),
        ];
        Become(() => Telling(next, news.Pending, problems, more));
        _ledger.Tell(new Observed(_look, news.Files, news.FilesGone, news.Items, news.ItemsGone));
        Timers.StartSingleTimer("patience", new TryAgain(_look), Patience);
    }

    /// <summary>The ledger dropped rows that this actor takes for stored: it begins anew with what is left.</summary>
    private void Remember()
    {
        _forgotten = false;
        Become(Remembering);
        AskForKnown();
    }

    private void Wait(TimeSpan? interval = null)
    {
        Timers.CancelAll();
        if (_forgotten)
        {
            Remember();
            return;
        }

        Become(Waiting);
        Timers.StartSingleTimer("look", new LookNow(), _hinted ? _settings.PollInterval : interval ?? _settings.PollInterval);
    }

    /// <summary>While nothing moves, looks take at most a fifth of a percent of the time; a hint ends the rest.</summary>
    /// <param name="longest">Shorter than usual where something may get better without a sign.</param>
    private TimeSpan Rest(TimeSpan longest) =>
        TimeSpan.FromTicks(Math.Max(_settings.PollInterval.Ticks, Math.Min(Math.Min(longest.Ticks, _settings.RestMax.Ticks), 499 * _time.GetElapsedTime(_began).Ticks)));

    /// <summary>The look failed: nothing is known to have changed, and whoever follows the intake hears why.</summary>
    private void Stand(IReadOnlyList<DropFolderProblem> problems)
    {
        Report(problems);
        _status = _status is null ? null : _status with { Problems = problems, IsBlind = true };
        Context.System.EventStream.Publish(_status ?? new IntakeStatus(0, new ItemCounts(0, 0, 0, 0, 0, 0), problems) { IsBlind = true });
    }

    /// <summary>Logs and publishes each problem once, until it is over.</summary>
    private void Report(IReadOnlyList<DropFolderProblem> problems)
    {
        foreach (var problem in problems.Where(problem => _reported.Add(problem.Sentence)))
        {
            Context.GetLogger().Warning("{0}", problem.Sentence);
            Context.System.EventStream.Publish(problem);
        }

        _reported.IntersectWith(problems.Select(problem => problem.Sentence));
    }

    private sealed record TryAgain(long Look);
}
