using Akka.Actor;
using MhdNet.Host.Workers;

namespace MhdNet.Host.Dispatch;

// What the dispatcher and its fleet (the actor that has the workers: processes, or this process) say to each other.

/// <summary>To the dispatcher: a worker showed that it is one of the fleet's.</summary>
/// <param name="Worker">Its name.</param>
/// <param name="Actor">Where its jobs go.</param>
/// <param name="Room">Jobs at the same time.</param>
internal sealed record Admitted(WorkerId Worker, IActorRef Actor, int Room);

/// <summary>To the fleet: this worker must go. Answered, when it is gone, with <see cref="WorkerEnding"/>.</summary>
internal sealed record EndWorker(WorkerId Worker, EndCause Cause);

/// <summary>To the fleet: start no more workers, end those there are. Answered with a <see cref="WorkerEnding"/> for each, then <see cref="FleetEnded"/>.</summary>
internal sealed record EndFleet;

/// <summary>No worker is left.</summary>
internal sealed record FleetEnded;

/// <summary>To the dispatcher: a machine whose workers' end was told as <see cref="EndCause.Lost"/> is back as the process that it was, so it had only been cut off.</summary>
/// <param name="Machine">What it was called then: <see cref="WorkerId.Machine"/> of its workers.</param>
internal sealed record MachineReturned(string Machine);

/// <summary>To the dispatcher: a worker could not begin a job, through no fault of the job's.</summary>
internal sealed record HandedBack(WorkerId Worker, long Lease);
