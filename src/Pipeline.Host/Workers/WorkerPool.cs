using System.Security.Cryptography;
using System.Text;
using Akka.Actor;
using Akka.Event;
using MhdNet.Host.Commands;
using MhdNet.Host.Dispatch;
using MhdNet.Host.Status;

namespace MhdNet.Host.Workers;

/// <summary>
/// The fleet of worker processes: starts them, lets in those that it started and nobody else, ends those that must go, and puts another in the place of each that ended. Tells its parent of every
/// end. When this actor stops, however that comes about, its processes are gone.
/// </summary>
internal sealed class WorkerPool : ReceiveActor, IWithTimers
{
    private readonly WorkerPoolSettings _settings;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Dictionary<WorkerId, Member> _members = [];
    private readonly Dictionary<int, int> _stillborn = [];
    private int _started;
    private bool _everRegistered;
    private bool _degraded;
    private bool _ending;

    /// <summary>A pool.</summary>
    public WorkerPool(WorkerPoolSettings settings)
    {
        _settings = settings;
        Receive<StartSlot>(slot => Start(slot.Slot));
        Receive<Register>(Admit);
        Receive<EndWorker>(end => End(end.Worker, end.Cause));
        Receive<Gone>(Replace);
        Receive<Silent>(silent => _members.TryGetValue(silent.Worker, out var member) && !member.IsRegistered, silent => End(silent.Worker, EndCause.Unanswering));
        Receive<Silent>(_ => { });
        Receive<EndFleet>(_ => EndAll());
        Receive<TooLate>(_ => KillAll());
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <inheritdoc/>
    protected override void PreStart()
    {
        for (var slot = 1; slot <= _settings.Workers; slot++)
        {
            Start(slot);
        }
    }

    /// <inheritdoc/>
    protected override void PostStop()
    {
        if (_degraded)
        {
            Context.System.EventStream.Publish(new PartState("workers", null)); // the next pool finds out for itself
        }

        KillAll();
        Task.WaitAll([.. _members.Values.Select(member => member.Process.Ended)], _settings.EndPatience);
    }

    private void Start(int slot)
    {
        if (_ending)
        {
            return;
        }

        var worker = new WorkerId($"{slot}.{++_started}");
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        IWorkerProcess process;
        try
        {
            process = _settings.Start(_settings.Orders(worker, token, Context.Parent.Path.ToStringWithoutAddress()));
        }
        catch (InvalidOperationException e)
        {
            Stillborn(slot, worker, new ProcessEnd(ExitCode.Environment, [e.Message]));
            return;
        }

        _members.Add(worker, new Member(slot, process, token));
        _log.Info("Worker {0} is process {1}", worker, process.ProcessId);
        process.Ended.PipeTo(Self, success: end => new Gone(worker, end));
        Timers.StartSingleTimer(worker, new Silent(worker), _settings.RegisterPatience);
    }

    private void Admit(Register register)
    {
        var refusal = Register.Refusal(register.Protocol, register.Software)
            ?? (!_members.TryGetValue(register.Worker, out var member) || !SameToken(register.Token, member.Token)
                ? "The host did not start this worker."
                : null);
        if (refusal is not null)
        {
            _log.Warning("A worker that calls itself {0} was refused: {1}", register.Worker, refusal);
            Sender.Tell(new Refused(refusal));
            return;
        }

        var admitted = _members[register.Worker] = _members[register.Worker] with { Actor = Sender };
        Timers.Cancel(register.Worker);
        _everRegistered = true;
        _stillborn[admitted.Slot] = 0;
        if (_degraded && _stillborn.Values.All(count => count == 0))
        {
            _degraded = false;
            Context.System.EventStream.Publish(new PartState("workers", null));
        }

        Context.Parent.Tell(new Admitted(register.Worker, Sender, register.Room));
    }

    private static bool SameToken(string given, string wanted) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(wanted));

    private void End(WorkerId worker, EndCause cause)
    {
        if (_members.TryGetValue(worker, out var member) && member.Cause == EndCause.ByItself)
        {
            _members[worker] = member with { Cause = cause };
            member.Process.Kill();
        }
    }

    private void Replace(Gone gone)
    {
        if (!_members.Remove(gone.Worker, out var member))
        {
            return;
        }

        Timers.Cancel(gone.Worker);
        if (member.Actor is { } actor)
        {
            _settings.Forget(actor.Path.Address);
        }

        Context.Parent.Tell(new WorkerEnding(gone.Worker, member.Cause, gone.End));
        if (_ending)
        {
            ReportEnd();
        }
        else if (member.IsRegistered)
        {
            Timers.StartSingleTimer(member.Slot, new StartSlot(member.Slot), RestartRules.Pause(0));
        }
        else
        {
            Stillborn(member.Slot, gone.Worker, gone.End);
        }
    }

    /// <summary>A process that ended before it was of any use.</summary>
    private void Stillborn(int slot, WorkerId worker, ProcessEnd end)
    {
        var said = end.LastLines.Count > 0 ? string.Join(" ", end.LastLines) : "It said nothing.";
        var count = _stillborn[slot] = _stillborn.GetValueOrDefault(slot) + 1;
        _log.Error("Worker {0} ended before it was ready, {1}: {2}", worker, end.How, said);
        if (end.ExitCode == ExitCode.Environment && !_everRegistered)
        {
            Context.System.EventStream.Publish(new WorkersImpossible(said));
        }

        if (count >= RestartRules.Persistent)
        {
            _degraded = true;
            Context.System.EventStream.Publish(new PartState("workers", $"Worker processes end before they are ready ({count} in a row, the last with {end.How}): {said} Another is tried every {RestartRules.Pause(count).TotalSeconds:0.#} s."));
        }

        Timers.StartSingleTimer(slot, new StartSlot(slot), RestartRules.Pause(count));
    }

    private void EndAll()
    {
        _ending = true;
        Timers.CancelAll();
        foreach (var worker in _members.Keys.ToList())
        {
            _members[worker] = _members[worker] with { Cause = EndCause.Stopped };
        }

        foreach (var member in _members.Values)
        {
            if (member.Actor is { } actor)
            {
                actor.Tell(new EndWork());
            }
            else
            {
                member.Process.Kill();
            }
        }

        Timers.StartSingleTimer(nameof(TooLate), new TooLate(), _settings.EndPatience);
        ReportEnd();
    }

    private void KillAll()
    {
        foreach (var member in _members.Values)
        {
            member.Process.Kill();
        }
    }

    private void ReportEnd()
    {
        if (_members.Count == 0)
        {
            Context.Parent.Tell(new FleetEnded());
        }
    }

    private sealed record Member(int Slot, IWorkerProcess Process, string Token)
    {
        public IActorRef? Actor { get; init; }

        public EndCause Cause { get; init; }

        public bool IsRegistered => Actor is not null;
    }

    private sealed record StartSlot(int Slot);

    private sealed record Gone(WorkerId Worker, ProcessEnd End);

    private sealed record Silent(WorkerId Worker);

    private sealed record TooLate;
}
