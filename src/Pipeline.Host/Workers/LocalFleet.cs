using Akka.Actor;
using MhdNet.Host.Dispatch;

namespace MhdNet.Host.Workers;

/// <summary>The fleet of <c>--in-process</c>: one worker in the host's own process, for debugging. A job's time limit stops its stream; a decoder that crashes ends the host.</summary>
internal sealed class LocalFleet : ReceiveActor
{
    private readonly WorkerId _worker = new("in-process");
    private readonly IActorRef _node;

    /// <summary>A fleet.</summary>
    /// <param name="room">Jobs at the same time.</param>
    /// <param name="runner">Props of the actor that does a job.</param>
    /// <param name="interval">How often the worker says again what may have got lost.</param>
    public LocalFleet(int room, Func<Assign, Props> runner, TimeSpan interval)
    {
        var (host, self) = (Context.Parent, Self);
        var identity = new Register(Register.Version, Ingest.Sequences.Software.Name, _worker, "", room);
        _node = Context.ActorOf(Akka.Actor.Props.Create(() => new WorkerNode(identity, host, runner, interval, _ => self.Tell(new NodeEnded(), ActorRefs.NoSender))), "node");
        Receive<Register>(register => host.Tell(new Admitted(register.Worker, Sender, register.Room)));
        Receive<EndFleet>(_ => _node.Tell(new EndWork()));
        Receive<NodeEnded>(_ =>
        {
            Context.Stop(_node);
            host.Tell(new WorkerEnding(_worker, EndCause.Stopped, new ProcessEnd(0, [])));
            host.Tell(new FleetEnded());
        });
        Receive<EndWorker>(_ => { }); // the runners have limits of their own
    }

    private sealed record NodeEnded;
}
