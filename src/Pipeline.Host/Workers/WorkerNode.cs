using Akka.Actor;
using MhdNet.Host.Dispatch;
using MhdNet.Ingest.Items;

namespace MhdNet.Host.Workers;

/// <summary>The worker's side: registers with the host, asks for jobs as long as it has room, runs each in a <see cref="JobRunner"/>, and says an outcome until the host has it.</summary>
internal sealed class WorkerNode : ReceiveActor, IWithTimers
{
    private readonly Register _identity;
    private readonly ICanTell _host;
    private readonly Func<Assign, Props> _runner;
    private readonly TimeSpan _interval;
    private readonly Action<WorkerNodeEnd> _ended;
    private readonly Dictionary<IActorRef, Assign> _running = [];
    private readonly Dictionary<long, Finished> _untaken = [];

    /// <summary>A worker.</summary>
    /// <param name="identity">How it registers.</param>
    /// <param name="host">The host's dispatcher.</param>
    /// <param name="runner">Props of the actor that does a job and tells its parent <see cref="JobRunner.Finished"/>.</param>
    /// <param name="interval">How often it says again what may have got lost.</param>
    /// <param name="ended">Called when it is to end: the host refused it or is gone, or says that it is enough.</param>
    public WorkerNode(Register identity, ICanTell host, Func<Assign, Props> runner, TimeSpan interval, Action<WorkerNodeEnd> ended)
    {
        (_identity, _host, _runner, _interval, _ended) = (identity, host, runner, interval, ended);
        Receive<Say>(_ => _host.Tell(_identity, Self));
        Receive<Registered>(_ =>
        {
            Context.Watch(Sender);
            Become(Working);
            Repeat();
        });
        Receive<Refused>(refused => _ended(new WorkerNodeEnd(WorkerExit.Refused, refused.Sentence)));
        Receive<EndWork>(_ => End());
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <inheritdoc/>
    protected override void PreStart()
    {
        _host.Tell(_identity, Self);
        Timers.StartPeriodicTimer(nameof(Say), Say.Instance, _interval);
    }

    /// <inheritdoc/>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Stop);

    private void Working()
    {
        Receive<Assign>(Begin);
        Receive<JobRunner.Finished>(finished => Finish(Sender, finished.Outcome, finished.Duration));
        Receive<Taken>(taken => _untaken.Remove(taken.Lease));
        Receive<Say>(_ => Repeat());
        Receive<Registered>(_ => { });
        Receive<Refused>(refused => _ended(new WorkerNodeEnd(WorkerExit.Refused, refused.Sentence)));
        Receive<EndWork>(_ => End());
        Receive<Terminated>(Gone);
    }

    private void Begin(Assign assign)
    {
        if (!_running.Values.Any(running => running.Lease == assign.Lease) && !_untaken.ContainsKey(assign.Lease))
        {
            _running.Add(Context.Watch(Context.ActorOf(_runner(assign))), assign);
        }
    }

    private void Finish(IActorRef runner, Outcome outcome, TimeSpan duration)
    {
        if (!_running.Remove(runner, out var assign))
        {
            return;
        }

        Context.Unwatch(runner);
        var finished = new Finished(_identity.Worker, assign.Lease, outcome, duration);
        _untaken.Add(assign.Lease, finished);
        _host.Tell(finished, Self);
        Ask();
    }

    private void Gone(Terminated dead)
    {
        if (_running.TryGetValue(dead.ActorRef, out var assign))
        {
            Finish(dead.ActorRef, new Outcome.Failed(new Reason("worker-failed", $"{assign.Job.Item}: what read it stopped without an answer; the log says why.")), TimeSpan.Zero);
        }
        else
        {
            _ended(new WorkerNodeEnd(WorkerExit.Orphaned, "The host is gone."));
        }
    }

    private void Repeat()
    {
        foreach (var finished in _untaken.Values)
        {
            _host.Tell(finished, Self);
        }

        Ask();
    }

    private void Ask() => _host.Tell(new Pull(_identity.Worker, Math.Max(0, _identity.Room - _running.Count), [.. _running.Values.Select(assign => assign.Lease), .. _untaken.Keys]), Self);

    private void End()
    {
        foreach (var runner in _running.Keys)
        {
            Context.Stop(runner);
        }

        _running.Clear();
        _ended(new WorkerNodeEnd(0, null));
    }

    private sealed class Say
    {
        public static readonly Say Instance = new();
    }
}

/// <summary>Why a worker is to end.</summary>
/// <param name="ExitCode">What its process ends with.</param>
/// <param name="Sentence">Why; null where the host said that it is enough.</param>
internal sealed record WorkerNodeEnd(int ExitCode, string? Sentence);
