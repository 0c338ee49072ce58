using Akka.Actor;

namespace MhdNet.Host.Tests.Dispatch;

/// <summary>A child in a probe's place: what it is told the probe is told, with the same sender; but it fails when it is told to.</summary>
internal sealed class Relay : ReceiveActor
{
    public Relay(IActorRef probe)
    {
        Receive<string>(word => word == "fail", _ => throw new InvalidOperationException("as the test says"));
        ReceiveAny(message => probe.Forward(message));
    }

    public static Props To(IActorRef probe) => Props.Create(() => new Relay(probe));
}
