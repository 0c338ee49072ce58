using Akka.Actor;
using MhdNet.Host.Dispatch;
using MhdNet.Host.Workers;

namespace MhdNet.Host.Machines;

/// <summary>Stands in the host's system for a worker of another machine: the dispatcher speaks with it as with a worker of its own, and what the worker says comes from it.</summary>
internal sealed class RemoteWorker : ReceiveActor
{
    /// <summary>A worker of another machine.</summary>
    /// <param name="here">Its name at the host.</param>
    /// <param name="there">Its name on its machine.</param>
    /// <param name="machine">Tells its machine something.</param>
    /// <param name="dispatcher">The dispatcher.</param>
    public RemoteWorker(WorkerId here, WorkerId there, Action<IWorkMessage> machine, IActorRef dispatcher)
    {
        Receive<Pull>(pull => dispatcher.Tell(pull with { Worker = here }));
        Receive<Finished>(finished => dispatcher.Tell(finished with { Worker = here }));
        Receive<HandedBack>(back => dispatcher.Tell(back with { Worker = here }));
        Receive<Assign>(assign => machine(new Handed(there, assign)));
        Receive<Taken>(machine);
        Receive<Registered>(_ => { }); // its machine let it in
        Receive<Refused>(_ => machine(new EndOne(there, EndCause.Unanswering)));
    }
}
