using Akka.Actor;
using Akka.Event;
using MhdNet.Host.Status;

namespace MhdNet.Host.Hosting;

/// <summary>
/// The root of a host's parts. A part that fails begins anew; what it needs is in the ledger or on the disk. One that fails again and again is stopped, and <c>mhdnet status</c> says so: the
/// other parts go on. What each part does when it begins anew, docs/operations.md tells.
/// </summary>
internal sealed class HostSupervisor : ReceiveActor
{
    private const int Restarts = 5;
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(1);
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Dictionary<IActorRef, string> _parts = [];
    private readonly Dictionary<IActorRef, Exception> _last = [];

    /// <summary>A supervisor without parts.</summary>
    /// <param name="gaveUp">Called with the name of a part that was given up, and why.</param>
    public HostSupervisor(Action<string, string> gaveUp)
    {
        Receive<StartPart>(part =>
        {
            var actor = Context.Watch(Context.ActorOf(part.Props, part.Name));
            _parts.Add(actor, part.Name);
            Sender.Tell(actor);
        });
        Receive<Terminated>(dead =>
        {
            if (_parts.Remove(dead.ActorRef, out var part) && _last.Remove(dead.ActorRef, out var error))
            {
                var sentence = $"The {part} failed {Restarts + 1} times within a minute and was given up: {error.GetType().Name}: {error.Message} The log in the work folder tells more; start the host again once the cause is gone.";
                _log.Error(error, "{0}", sentence);
                Context.System.EventStream.Publish(new PartState(part, sentence));
                gaveUp(part, sentence);
            }
        });
    }

    /// <inheritdoc/>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(Restarts, Within, error =>
    {
        _last[Sender] = error;
        return Directive.Restart;
    });

    /// <summary>Starts a part. Answered with its reference.</summary>
    internal sealed record StartPart(string Name, Props Props);
}
