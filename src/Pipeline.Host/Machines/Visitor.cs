using Akka.Actor;
using MhdNet.Host.Workers;

namespace MhdNet.Host.Machines;

/// <summary>Introduces a machine to a host until the host answers, then has the crew that works for it. A crew that fails is not begun anew: the visit ends, and the next begins with all known.</summary>
internal sealed class Visitor : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private readonly Enlist _words;
    private readonly ICanTell _host;
    private readonly IActorRef _mailbox;

    /// <summary>A visitor.</summary>
    /// <param name="words">What it says.</param>
    /// <param name="host">The host's mailbox.</param>
    /// <param name="mailbox">This machine's.</param>
    /// <param name="answered">Called with the host's answer, <see cref="Enlisted"/>, <see cref="Refused"/> or, where it is ending, <see cref="EndWork"/>, and where it came from.</param>
    /// <param name="failed">Called when the crew ended without saying why.</param>
    public Visitor(Enlist words, ICanTell host, IActorRef mailbox, Action<IWorkMessage, IActorRef> answered, Action failed)
    {
        (_words, _host, _mailbox) = (words, host, mailbox);
        Receive<Say>(_ => Introduce());
        Receive<Enlisted>(terms => answered(terms, Sender));
        Receive<Refused>(refused => answered(refused, Sender));
        Receive<EndWork>(end => answered(end, Sender));
        Receive<Props>(crew =>
        {
            Timers.CancelAll();
            var actor = Context.Watch(Context.ActorOf(crew, "crew"));
            mailbox.Tell(new Mailbox.Attach(actor));
            Sender.Tell(actor);
        });
        Receive<Terminated>(_ => failed());
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <inheritdoc/>
    protected override void PreStart()
    {
        _mailbox.Tell(new Mailbox.Attach(Self));
        Timers.StartPeriodicTimer(nameof(Say), Say.Instance, Interval);
        Introduce();
    }

    /// <inheritdoc/>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Stop);

    private void Introduce() => _host.Tell(_words, _mailbox);

    private sealed class Say
    {
        public static readonly Say Instance = new();
    }
}
