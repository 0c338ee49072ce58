using Akka.Actor;
using MhdNet.Host.Dispatch;
using MhdNet.Host.Status;
using MhdNet.Host.Workers;

namespace MhdNet.Host.Machines;

/// <summary>
/// The machine's side: has the workers here, as a dispatcher has its fleet, and passes on what they and the host say to each other. Keeps the machine's lease: without a word from the host in time
/// every worker is killed, before the host offers their jobs to others.
/// </summary>
internal sealed class Crew : ReceiveActor, IWithTimers
{
    private readonly CrewSettings _settings;
    private readonly Dictionary<WorkerId, (IActorRef Actor, int Room)> _workers = [];
    private readonly Dictionary<long, IActorRef> _untaken = []; // by lease
    private readonly Dictionary<long, long> _beats = []; // when each was sent
    private readonly List<(long Beat, GoneWorker Worker)> _gone = [];
    private PartProblems _wrong = PartProblems.None;
    private IActorRef _fleet = ActorRefs.Nobody;
    private long _number;
    private long _heard;
    private long? _pausedAt;
    private CrewEnd? _ending;

    /// <summary>A crew.</summary>
    public Crew(CrewSettings settings)
    {
        (_settings, _heard) = (settings, settings.Heard);
        Receive<Register>(register => _fleet.Forward(register));
        Receive<Admitted>(Enter);
        Receive<Pull>(Ask);
        Receive<Finished>(Report);
        Receive<WorkerEnding>(Bury);
        Receive<Handed>(Examine);
        Receive<Examined>(Begin);
        Receive<Taken>(Take);
        Receive<EndOne>(end => _fleet.Tell(new EndWorker(end.Worker, end.Cause)));
        Receive<Beaten>(Hear);
        Receive<Tick>(_ => Beat());
        Receive<PartState>(Note);
        Receive<EndWork>(_ => End(CrewEnd.Dismissed));
        Receive<CrewEnd>(End);
        Receive<FleetEnded>(_ => Leave());
        Receive<Terminated>(_ => Leave());
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <inheritdoc/>
    protected override void PreStart()
    {
        Context.System.EventStream.Subscribe(Self, typeof(PartState));
        _fleet = Context.ActorOf(_settings.Fleet, "fleet");
        Timers.StartPeriodicTimer(nameof(Tick), Tick.Instance, _settings.BeatInterval);
        Beat();
    }

    /// <inheritdoc/>
    protected override void PostStop() => Context.System.EventStream.Unsubscribe(Self);

    /// <summary>A fleet that fails cannot be trusted to know its workers; with it this actor stops, and this visit at the host ends.</summary>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Escalate);

    private void Enter(Admitted worker)
    {
        _workers[worker.Worker] = (worker.Actor, worker.Room);
        worker.Actor.Tell(new Registered());
        Beat();
    }

    private void Ask(Pull pull)
    {
        if (!IsFromWorker(pull.Worker))
        {
            Sender.Tell(new Refused("This machine does not know the worker (any more)."));
        }
        else if (_pausedAt is not { } since || _settings.Time.GetElapsedTime(since) >= _settings.Pause)
        {
            _pausedAt = null;
            _settings.Host(pull); // otherwise it asks again in a few seconds
        }
    }

    private bool IsFromWorker(WorkerId worker) => _workers.TryGetValue(worker, out var known) && known.Actor.Equals(Sender);

    private void Report(Finished finished)
    {
        if (IsFromWorker(finished.Worker))
        {
            _untaken[finished.Lease] = Sender;
            _settings.Host(finished with { Outcome = _settings.Paths.There(finished.Outcome) });
        }
    }

    private void Take(Taken taken)
    {
        if (_untaken.Remove(taken.Lease, out var worker))
        {
            worker.Tell(taken);
        }
    }

    private void Bury(WorkerEnding ending)
    {
        if (ending.Cause != EndCause.Stopped)
        {
            _settings.Line($"worker {ending.Worker} ended, {ending.Process.How}");
        }

        _workers.Remove(ending.Worker);
        _gone.Add((_number + 1, new GoneWorker(ending.Worker, ending.Cause, ending.Process)));
        Beat();
    }

    /// <summary>Whether the files are there is not asked on this actor's time: a share that does not answer must not keep it from ending its workers.</summary>
    private void Examine(Handed handed)
    {
        var here = _settings.Paths.Here(handed.Assign);
        Task.Run(() => JobFiles.Missing(handed.Assign.Job, here.Job)).PipeTo(Self, success: missing => new Examined(handed.Worker, here, missing));
    }

    private void Begin(Examined examined)
    {
        if (examined.Missing is { } missing)
        {
            var sentence = JobFiles.Sentence(missing);
            if (_pausedAt is null)
            {
                _settings.Line(sentence);
            }

            _pausedAt = _settings.Time.GetTimestamp();
            _settings.Host(new Unreadable(examined.Worker, examined.Assign.Lease, missing.There, sentence));
        }
        else if (_workers.TryGetValue(examined.Worker, out var worker))
        {
            worker.Actor.Tell(examined.Assign);
        }
    }

    /// <summary>The person who looks at <c>mhdnet status</c> is at the host.</summary>
    private void Note(PartState state)
    {
        _wrong = _wrong.After(state);
        Beat();
    }

    private void Beat()
    {
        if (_settings.Time.GetElapsedTime(_heard) >= _settings.Lease)
        {
            End(CrewEnd.CutOff);
            return;
        }

        _beats[++_number] = _settings.Time.GetTimestamp();
        _settings.Host(new Beat(_number, [.. _workers.Select(pair => new PresentWorker(pair.Key, pair.Value.Room))], [.. _gone.Select(gone => gone.Worker)], _wrong.All));
    }

    private void Hear(Beaten beaten)
    {
        if (_beats.TryGetValue(beaten.Number, out var sent))
        {
            _heard = Math.Max(_heard, sent);
            _gone.RemoveAll(gone => gone.Beat <= beaten.Number);
            _beats.Keys.Where(number => number <= beaten.Number).ToList().ForEach(number => _beats.Remove(number));
        }
    }

    private void End(CrewEnd why)
    {
        if (_ending is not null)
        {
            return;
        }

        _ending = why;
        Timers.CancelAll();
        if (why == CrewEnd.CutOff)
        {
            Context.Watch(_fleet);
            Context.Stop(_fleet); // kills its processes, and is gone when they are
        }
        else
        {
            _fleet.Tell(new EndFleet());
        }
    }

    private void Leave()
    {
        _settings.Host(new Left());
        _settings.Ended(_ending!.Value);
        Context.Stop(Self);
    }

    private sealed class Tick
    {
        public static readonly Tick Instance = new();
    }

    private sealed record Examined(WorkerId Worker, Assign Assign, (string There, string Here)? Missing);
}
