using Akka.Actor;
using Akka.Event;
using MhdNet.Host.Dispatch;
using MhdNet.Host.Status;
using MhdNet.Host.Workers;

namespace MhdNet.Host.Machines;

/// <summary>The host's side of one machine from its first word to its last. Keeps the machine's lease: one that was not heard of in time is lost, and its jobs are offered again.</summary>
internal sealed class MachineDesk : ReceiveActor, IWithTimers
{
    private readonly Enlist _words;
    private readonly string _name;
    private readonly IActorRef _link;
    private readonly IActorRef _dispatcher;
    private readonly MachineFleetSettings _settings;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly string _part;
    private readonly Dictionary<WorkerId, (WorkerId Here, IActorRef Actor)> _workers = [];
    private readonly Dictionary<string, PartState> _wrong = []; // by part of the machine's program
    private long _heard;
    private long _beat;
    private bool _isDegraded;
    private bool _isFollowed; // by a machine of the same name
    private bool _hasNamesake; // which is another: this one was heard of since
    private bool _ending;

    /// <summary>A desk.</summary>
    /// <param name="words">The machine's first word.</param>
    /// <param name="name">The machine's name, and a number where it has been here before.</param>
    /// <param name="link">The machine.</param>
    /// <param name="dispatcher">The dispatcher.</param>
    /// <param name="settings">The fleet's settings.</param>
    public MachineDesk(Enlist words, string name, IActorRef link, IActorRef dispatcher, MachineFleetSettings settings)
    {
        (_words, _name, _link, _dispatcher, _settings, _part) = (words, name, link, dispatcher, settings, $"machine {words.Machine}");
        _heard = settings.Time.GetTimestamp();
        Receive<Enlist>(_ => Tell(settings.Terms));
        Receive<Beat>(Hear);
        Receive<Pull>(pull => Worker(pull.Worker)?.Tell(pull));
        Receive<Finished>(finished =>
        {
            Recover();
            Worker(finished.Worker)?.Tell(finished);
        });
        Receive<Unreadable>(unreadable => Task.Run(() => Path.Exists(unreadable.Path)).PipeTo(Self, success: isHere => new Looked(unreadable, isHere))); // a share that does not answer must not keep the lease from being kept
        Receive<Looked>(Return);
        Receive<EndWorker>(end => Tell(new EndOne(_workers.First(pair => pair.Value.Here == end.Worker).Key, end.Cause)), end => _workers.Values.Any(worker => worker.Here == end.Worker));
        Receive<EndWorker>(_ => { });
        Receive<MachineFleet.Namesake>(other => _isFollowed = _isFollowed || other.Machine == words.Machine);
        Receive<EndFleet>(_ =>
        {
            _ending = true;
            Tell(new EndWork());
        });
        Receive<Left>(left =>
        {
            _log.Info("Machine {0} left{1}", _name, left.Problem is null ? "" : $": {left.Problem}");
            Leave(EndCause.Stopped);
            if (left.Problem is not null)
            {
                Context.System.EventStream.Publish(new PartState(_part, left.Problem));
            }
        });
        Receive<Returned>(_ =>
        {
            _log.Info("Machine {0} was cut off and joins anew", _name);
            Leave(EndCause.Stopped);
        });
        Receive<Look>(_ => Check());
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <inheritdoc/>
    protected override void PreStart()
    {
        _log.Info("Machine {0} joined from {1}", _name, _link.Path.Address);
        Timers.StartPeriodicTimer(nameof(Look), Look.Instance, _settings.Look);
        Tell(_settings.Terms);
    }

    /// <inheritdoc/>
    protected override void PostStop() => Note([]);

    private void Tell(IWorkMessage message) => _link.Tell(message, _settings.Mailbox);

    private IActorRef? Worker(WorkerId there) => _workers.TryGetValue(there, out var worker) ? worker.Actor : null;

    private void Hear(Beat beat)
    {
        if (beat.Number <= _beat)
        {
            return; // it was long under way, and others overtook it
        }

        if (_beat == 0)
        {
            Recover(always: true); // it works again
        }

        if (_isFollowed && !_hasNamesake)
        {
            _hasNamesake = true;
            _log.Warning("Two machines call themselves {0}. Start one of them with another --name, so that people can tell what is said of which", _words.Machine);
        }

        _beat = beat.Number;
        _heard = _settings.Time.GetTimestamp();
        foreach (var gone in beat.Gone)
        {
            Bury(gone);
        }

        foreach (var present in beat.Workers.Where(present => !_workers.ContainsKey(present.Worker)))
        {
            var (here, there, dispatcher) = (new WorkerId($"{_name}/{present.Worker}"), present.Worker, _dispatcher);
            var actor = Context.ActorOf(Props.Create(() => new RemoteWorker(here, there, Tell, dispatcher)));
            _workers.Add(there, (here, actor));
            _dispatcher.Tell(new Admitted(here, actor, present.Room));
            _log.Info("Worker {0} is ready", here);
        }

        Note(beat.Wrong);
        Tell(new Beaten(beat.Number));
    }

    private void Bury(GoneWorker gone)
    {
        if (_workers.Remove(gone.Worker, out var worker))
        {
            _dispatcher.Tell(new WorkerEnding(worker.Here, gone.Cause, gone.Process));
            Context.Stop(worker.Actor);
        }
    }

    /// <summary>A file that is not there on the machine is there at the host, or else it is gone: then the item fails, as it would here.</summary>
    private void Return(Looked looked)
    {
        var unreadable = looked.Unreadable;
        if (Worker(unreadable.Worker) is not { } worker)
        {
            return;
        }

        if (looked.IsHere)
        {
            _log.Warning("Machine {0} gives a job back: {1}", _name, unreadable.Sentence);
            (_isDegraded, var sentence) = (true, unreadable.Sentence);
            Context.System.EventStream.Publish(new PartState(_part, sentence));
            worker.Tell(new HandedBack(unreadable.Worker, unreadable.Lease));
        }
        else
        {
            worker.Tell(new Finished(
                unreadable.Worker, unreadable.Lease, new Ingest.Items.Outcome.Failed(new Ingest.Items.Reason("missing", $"{unreadable.Path} is not there any more. Put it back, or take the rest of the item away.")), TimeSpan.Zero));
        }
    }

    private void Note(IReadOnlyList<PartState> wrong)
    {
        foreach (var state in wrong.Where(state => _wrong.GetValueOrDefault(state.Part) != state))
        {
            _wrong[state.Part] = state;
            Context.System.EventStream.Publish(state with { Part = $"{_part}, {state.Part}" });
        }

        foreach (var part in _wrong.Keys.Except(wrong.Select(state => state.Part)).ToList())
        {
            _wrong.Remove(part);
            Context.System.EventStream.Publish(new PartState($"{_part}, {part}", null));
        }
    }

    private void Check()
    {
        if (_settings.Time.GetElapsedTime(_heard) <= _settings.Lost)
        {
            return;
        }

        var sentence = FormattableString.Invariant($"nothing was heard of it for {_settings.Lost.TotalSeconds:0.#} s, so the items of {Ingest.Items.Counted.Of(_workers.Count, "worker")} were offered again. Look at its power, its network and its 'mhdnet worker'; it joins again by itself.");
        _log.Warning("Machine {0} is lost: {1}", _name, sentence);
        _isDegraded = false; // what is said of a lost machine stays said until it comes back
        _settings.Forget(_link.Path.Address);
        Leave(EndCause.Lost);
        if (!_ending)
        {
            Context.Parent.Tell(new MachineFleet.Lost(_name, _words.Process, new PartState(_part, sentence), _hasNamesake)); // after the dispatcher was told, which may hear at once that it is back
        }
    }

    private void Leave(EndCause cause)
    {
        foreach (var worker in _workers.Keys.ToList())
        {
            Bury(new GoneWorker(worker, cause, new ProcessEnd(0, [])));
        }

        Recover();
        Context.Stop(Self);
    }

    private void Recover(bool always = false)
    {
        if (_isDegraded || always)
        {
            _isDegraded = false;
            Context.System.EventStream.Publish(new PartState(_part, null));
        }
    }

    /// <summary>The machine introduces itself anew, which it does when its workers are gone, and as the same process: nothing took it down.</summary>
    internal sealed record Returned;

    private sealed record Looked(Unreadable Unreadable, bool IsHere);

    private sealed class Look
    {
        public static readonly Look Instance = new();
    }
}
