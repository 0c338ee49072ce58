using Akka.Actor;
using MhdNet.Host.Workers;

namespace MhdNet.Host.Machines;

/// <summary>
/// Where messages from the cluster of machines arrive: whoever works with them lives in another actor system of this process and is told them with their sender. What goes out has this actor as its
/// sender. Without anyone to tell, messages are passed over: all of them are said again.
/// </summary>
internal sealed class Mailbox : ReceiveActor
{
    /// <summary>The name under <c>/user</c>.</summary>
    public const string Name = "machines";

    private IActorRef? _reader;

    /// <summary>A mailbox that nobody reads yet.</summary>
    public Mailbox()
    {
        Receive<Attach>(attach => _reader = attach.Reader);
        Receive<IWorkMessage>(message => _reader?.Tell(message, Sender));
    }

    /// <summary>From now on this actor reads. Has no form on the wire.</summary>
    internal sealed record Attach(IActorRef Reader);
}
