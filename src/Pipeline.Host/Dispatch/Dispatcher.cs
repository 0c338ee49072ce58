using Akka.Actor;
using Akka.Event;
using MhdNet.Host.Workers;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Ledger;

namespace MhdNet.Host.Dispatch;

/// <summary>
/// Gives ready items to workers that ask: it takes from the ledger only what someone has room for, so nothing queues between the two. Who works on what is in a <see cref="DispatchBook"/>; whom the
/// end of a worker is laid to, <see cref="DeathRules"/> say. The fleet is this actor's child: if this actor fails, every worker ends before it begins anew.
/// </summary>
internal sealed class Dispatcher : ReceiveActor, IWithTimers
{
    private readonly IActorRef _ledger;
    private readonly DispatchSettings _settings;
    private readonly Props _fleetProps;
    private readonly Props? _machinesProps;
    private readonly Func<Job, TilingOrder?> _tiling;
    private readonly TimeProvider _time;
    private readonly DispatchBook _book;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Dictionary<WorkerId, IActorRef> _workers = [];
    private readonly HashSet<WorkerId> _condemned = [];
    private readonly Dictionary<string, List<ItemId>> _lost = []; // what was lost with a machine, as long as it may come back
    private readonly List<IActorRef> _fleets = [];
    private int _fleetsEnded;
    private IActorRef? _stopAskedBy;
    private bool _waiting = true; // for the ledger's answer

    /// <summary>A dispatcher.</summary>
    /// <param name="ledger">The ledger's actor, or what stands before it.</param>
    /// <param name="settings">How long a job may take.</param>
    /// <param name="fleet">Props of the actor that has the workers.</param>
    /// <param name="tiling">How a job's slide is tiled, where that differs from the workers' settings.</param>
    /// <param name="time">The clock.</param>
    public Dispatcher(IActorRef ledger, DispatchSettings settings, Props fleet, Func<Job, TilingOrder?> tiling, TimeProvider time)
        : this(ledger, settings, fleet, null, tiling, time)
    {
    }

    /// <summary>A dispatcher with workers on other machines, too.</summary>
    /// <param name="ledger">The ledger's actor, or what stands before it.</param>
    /// <param name="settings">How long a job may take.</param>
    /// <param name="fleet">Props of the actor that has the workers of this machine.</param>
    /// <param name="machines">Props of the actor that has those of others; null: there are none.</param>
    /// <param name="tiling">How a job's slide is tiled, where that differs from the workers' settings.</param>
    /// <param name="time">The clock.</param>
    public Dispatcher(IActorRef ledger, DispatchSettings settings, Props fleet, Props? machines, Func<Job, TilingOrder?> tiling, TimeProvider time)
    {
        (_ledger, _settings, _fleetProps, _machinesProps, _tiling, _time) = (ledger, settings, fleet, machines, tiling, time);
        _book = new DispatchBook(time, job => settings.LimitFor(job.Bytes));
        Receive<Register>(register => _fleets[0].Forward(register));
        Receive<Admitted>(Enter);
        Receive<Pull>(Pulled);
        Receive<Finished>(Report);
        Receive<HandedBack>(Return);
        Receive<WorkerEnding>(Bury);
        Receive<MachineReturned>(Acquit);
        Receive<Terminated>(dead => Miss(dead.ActorRef));
        Receive<ItemChanged>(changed => changed.Item.State == ItemState.Ready, _ => Ask());
        Receive<ItemChanged>(_ => { });
        Receive<Tick>(_ => Look());
        Receive<Jobs>(Give);
        Receive<ItemStored>(_ => { });
        Receive<RunningReturned>(_ => Answered());
        Receive<LedgerFailed>(Later);
        Receive<StopDispatch>(_ => Stop());
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <inheritdoc/>
    protected override void PreStart()
    {
        _fleets.Add(Context.ActorOf(_fleetProps, "fleet"));
        if (_machinesProps is not null)
        {
            _fleets.Add(Context.ActorOf(_machinesProps, "machines"));
        }

        Context.System.EventStream.Subscribe<ItemChanged>(Self);
        Timers.StartPeriodicTimer(nameof(Tick), Tick.Instance, _settings.PollInterval);
        _ledger.Tell(new ReturnRunning()); // where this actor begins anew, what it had given out; at the start of a host nothing is running
    }

    /// <inheritdoc/>
    protected override void PostStop() => Context.System.EventStream.Unsubscribe(Self);

    /// <summary>A fleet that fails cannot be trusted to know its workers: both begin anew.</summary>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Escalate);

    private void Enter(Admitted worker)
    {
        _workers[worker.Worker] = Context.Watch(worker.Actor);
        _book.Enter(worker.Worker, worker.Room);
        worker.Actor.Tell(new Registered());
    }

    private void Pulled(Pull pull)
    {
        if (!IsFromWorker(pull.Worker))
        {
            Sender.Tell(new Refused("This host does not know the worker (any more)."));
            return;
        }

        Hand(_book.Ask(pull.Worker, pull.Room, pull.Held).Concat(_book.Place([])));
        Ask();
    }

    private bool IsFromWorker(WorkerId worker) => _workers.TryGetValue(worker, out var known) && known.Equals(Sender);

    private void Ask()
    {
        if (!_waiting && _stopAskedBy is null && _book.Wanted is > 0 and var room)
        {
            _waiting = true;
            _ledger.Tell(new TakeReady(room));
        }
    }

    private void Answered()
    {
        _waiting = false;
        Ask();
    }

    private void Give(Jobs jobs)
    {
        _waiting = false;
        if (_stopAskedBy is not null)
        {
            jobs.Items.Select(job => new JobReturned(job.Item)).ToList().ForEach(_ledger.Tell);
            return;
        }

        Hand(_book.Place(jobs.Items));
        if (jobs.Items.Count > 0)
        {
            Ask();
        }
    }

    private void Hand(IEnumerable<Lease> leases)
    {
        foreach (var lease in leases)
        {
            _workers[lease.Worker].Tell(new Assign(lease.Number, lease.Job, _tiling(lease.Job)));
        }
    }

    private void Report(Finished finished)
    {
        Sender.Tell(new Taken(finished.Lease));
        if (IsFromWorker(finished.Worker) && _book.End(finished.Worker, finished.Lease) is { Job: var job })
        {
            _ledger.Tell(new JobFinished(job.Item, finished.Outcome, finished.Duration, job.Attempt));
        }
    }

    private void Return(HandedBack back)
    {
        if (IsFromWorker(back.Worker) && _book.End(back.Worker, back.Lease) is { Job: var job })
        {
            _ledger.Tell(new JobReturned(job.Item));
        }
    }

    private void Look()
    {
        foreach (var worker in _book.Overdue().Select(lease => lease.Worker).Distinct())
        {
            Condemn(worker, EndCause.Overdue);
        }

        Ask();
    }

    private void Miss(IActorRef actor)
    {
        foreach (var worker in _workers.Where(pair => pair.Value.Equals(actor)).Select(pair => pair.Key).ToList())
        {
            Condemn(worker, EndCause.Unanswering);
        }
    }

    /// <summary>Its jobs stay in its hands until its process is gone: no two ever read the same item.</summary>
    private void Condemn(WorkerId worker, EndCause cause)
    {
        if (_condemned.Add(worker))
        {
            _fleets.ForEach(fleet => fleet.Tell(new EndWorker(worker, cause))); // whose it is not, passes over it
        }
    }

    private void Bury(WorkerEnding ending)
    {
        if (_workers.Remove(ending.Worker, out var actor))
        {
            Context.Unwatch(actor);
        }

        _condemned.Remove(ending.Worker);
        var leases = _book.Leave(ending.Worker);
        foreach (var news in DeathRules.Of(ending, leases, lease => _time.GetElapsedTime(lease.Begun)))
        {
            _ledger.Tell(news);
        }

        if (ending.Cause == EndCause.Lost && leases.Count > 0)
        {
            _lost[ending.Worker.Machine] = [.. _lost.GetValueOrDefault(ending.Worker.Machine, []), .. leases.Select(lease => lease.Job.Item)];
        }

        if (ending.Cause != EndCause.Stopped)
        {
            _log.Warning("Worker {0} ended ({1}) with {2}", ending.Worker, ending.Cause == EndCause.ByItself ? ending.Process.How : $"{ending.Cause.ToString().ToLowerInvariant()}, {ending.Process.How}", leases.Count == 0 ? "no job" : string.Join(", ", leases.Select(lease => lease.Job.Item)));
        }
    }

    private void Acquit(MachineReturned returned)
    {
        if (_lost.Remove(returned.Machine, out var items))
        {
            items.ForEach(item => _ledger.Tell(new JobAcquitted(item, returned.Machine)));
        }
    }

    private void Later(LedgerFailed failed)
    {
        _log.Error("The ledger could not store {0}: {1}", failed.Request.GetType().Name, failed.Reason);
        if (failed.Request is TakeReady)
        {
            _waiting = false;
        }
        else
        {
            // An outcome must not get lost: it is offered until the ledger takes it. Twice does no harm.
            Context.System.Scheduler.ScheduleTellOnce(_settings.PollInterval, _ledger, failed.Request, Self);
        }
    }

    private void Stop()
    {
        _stopAskedBy = Sender;
        Timers.CancelAll();
        _fleets.ForEach(fleet => fleet.Tell(new EndFleet()));
        Become(Stopping);
    }

    /// <summary>Until the last worker is gone: what still comes to an end goes to the ledger, and what does not goes back.</summary>
    private void Stopping()
    {
        Receive<Finished>(Report);
        Receive<HandedBack>(Return);
        Receive<WorkerEnding>(Bury);
        Receive<Jobs>(Give);
        Receive<LedgerFailed>(failed => failed.Request is not (TakeReady or ReturnRunning), Later);
        Receive<StopDispatch>(_ => _stopAskedBy = Sender);
        Receive<FleetEnded>(_ => ++_fleetsEnded < _fleets.Count, _ => { });
        Receive<FleetEnded>(_ =>
        {
            Become(Stopped);
            foreach (var job in _book.Alone)
            {
                _ledger.Tell(new JobReturned(job.Item));
            }

            _stopAskedBy!.Tell(new DispatchStopped());
        });
        ReceiveAny(_ => { });
    }

    private void Stopped()
    {
        Receive<StopDispatch>(_ => Sender.Tell(new DispatchStopped()));
        Receive<LedgerFailed>(failed => failed.Request is not (TakeReady or ReturnRunning), Later);
        ReceiveAny(_ => { });
    }

    private sealed class Tick
    {
        public static readonly Tick Instance = new();
    }
}
