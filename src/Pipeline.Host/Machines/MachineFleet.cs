using Akka.Actor;
using Akka.Event;
using MhdNet.Host.Dispatch;
using MhdNet.Host.Status;
using MhdNet.Host.Workers;

namespace MhdNet.Host.Machines;

/// <summary>
/// The fleet of workers on other machines, a <see cref="MachineDesk"/> for each machine that joined. When this actor stops, it waits until their workers are gone, or until they must be because
/// their lease ran out.
/// </summary>
internal sealed class MachineFleet : ReceiveActor, IWithTimers
{
    private readonly MachineFleetSettings _settings;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Dictionary<IActorRef, IActorRef> _desks = []; // by link
    private readonly Dictionary<string, int> _visits = [];
    private readonly Dictionary<string, string> _last = []; // the name that a machine has at its last visit
    private readonly Dictionary<string, IActorRef> _present = []; // by process
    private readonly Dictionary<string, string> _lost = []; // by process, the name of the visit in which it was lost
    private bool _ending;

    /// <summary>A fleet without machines.</summary>
    public MachineFleet(MachineFleetSettings settings)
    {
        _settings = settings;
        Receive<Enlist>(Admit);
        Receive<IWorkMessage>(message =>
        {
            if (_desks.TryGetValue(Sender, out var desk))
            {
                desk.Forward(message);
            }
            else if (message is not Left)
            {
                Answer(new EndWork()); // of an earlier host, or given up as lost: it ends what it does and joins anew
            }
        });
        Receive<EndWorker>(Tell);
        Receive<EndFleet>(_ => EndAll());
        Receive<Terminated>(dead =>
        {
            _desks.Remove(_desks.First(pair => pair.Value.Equals(dead.ActorRef)).Key);
            _present.Where(pair => pair.Value.Equals(dead.ActorRef)).Select(pair => pair.Key).ToList().ForEach(process => _present.Remove(process));
            ReportEnd();
        });
        Receive<Lost>(Lose);
        Receive<TooLate>(_ => Context.Parent.Tell(new FleetEnded()));
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <inheritdoc/>
    protected override void PreStart() => _settings.Mailbox.Tell(new Mailbox.Attach(Self));

    /// <inheritdoc/>
    protected override void PostStop()
    {
        var links = _desks.Keys.Select(link => link.Ask<Left>(new EndWork(), _settings.Lost)).ToArray();
        Task.WhenAll(links).ContinueWith(_ => { }, TaskScheduler.Default).Wait(_settings.Lost); // one that does not answer has ended them by then
    }

    /// <summary>A desk that fails does not know its workers any more: all begin anew.</summary>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Escalate);

    private void Admit(Enlist enlist)
    {
        if (Register.Refusal(enlist.Protocol, enlist.Software) is { } refusal)
        {
            _log.Warning("The machine {0} was refused: {1}", enlist.Machine, refusal);
            Answer(new Refused(refusal));
        }
        else if (_desks.TryGetValue(Sender, out var desk))
        {
            desk.Forward(enlist);
        }
        else if (_ending)
        {
            Answer(new EndWork());
        }
        else
        {
            var visit = _visits[enlist.Machine] = _visits.GetValueOrDefault(enlist.Machine) + 1;
            var (name, link, dispatcher, settings) = (visit == 1 ? enlist.Machine : $"{enlist.Machine}#{visit}", Sender, Context.Parent, _settings);
            _last[enlist.Machine] = name;
            Recognise(enlist.Process);
            Tell(new Namesake(enlist.Machine));
            var present = Context.Watch(Context.ActorOf(Props.Create(() => new MachineDesk(enlist, name, link, dispatcher, settings))));
            _desks.Add(link, present);
            if (enlist.Process is { } process)
            {
                _present[process] = present;
            }
        }
    }

    /// <summary>A process that was here before had only been cut off: what it read is not suspected any more.</summary>
    private void Recognise(string? process)
    {
        if (process is not null && _present.TryGetValue(process, out var before))
        {
            before.Tell(new MachineDesk.Returned());
        }
        else if (process is not null && _lost.Remove(process, out var name))
        {
            Context.Parent.Tell(new MachineReturned(name));
        }
    }

    private void Lose(Lost lost)
    {
        if (lost.Process is { } process && _present.TryGetValue(process, out var present) && !present.Equals(Sender))
        {
            Context.Parent.Tell(new MachineReturned(lost.Name));
        }
        else if (lost.Process is not null)
        {
            _lost[lost.Process] = lost.Name;
        }

        if (lost.HasNamesake || _last.ContainsValue(lost.Name))
        {
            Context.System.EventStream.Publish(lost.State); // otherwise it is here again
        }
    }

    private void Answer(IWorkMessage message) => Sender.Tell(message, _settings.Mailbox);

    private void Tell(object message)
    {
        foreach (var desk in _desks.Values)
        {
            desk.Tell(message);
        }
    }

    private void EndAll()
    {
        _ending = true;
        Tell(new EndFleet());
        Timers.StartSingleTimer(nameof(TooLate), new TooLate(), _settings.EndPatience);
        ReportEnd();
    }

    private void ReportEnd()
    {
        if (_ending && _desks.Count == 0 && Timers.IsTimerActive(nameof(TooLate)))
        {
            Timers.Cancel(nameof(TooLate));
            Context.Parent.Tell(new FleetEnded());
        }
    }

    /// <summary>From a desk: its machine is lost.</summary>
    /// <param name="Name">The machine's name at this visit.</param>
    /// <param name="Process">Its process.</param>
    /// <param name="State">What people should know, unless it is here again.</param>
    /// <param name="HasNamesake">Whether the machine that is here under its name is another.</param>
    internal sealed record Lost(string Name, string? Process, PartState State, bool HasNamesake);

    /// <summary>To all desks: a machine of this name has joined.</summary>
    internal sealed record Namesake(string Machine);

    private sealed record TooLate;
}
