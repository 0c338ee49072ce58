using MhdNet.Host.Workers;
using MhdNet.Ingest.Ledger;

namespace MhdNet.Host.Dispatch;

/// <summary>Which of a worker's jobs its end is laid to.</summary>
internal static class DeathRules
{
    /// <summary>
    /// What the ledger is told of each job of a worker that is gone: <see cref="JobDied"/> of those that may be to blame, <see cref="JobLost"/> where the whole machine is gone, <see cref="JobReturned"/> of
    /// the others.
    /// </summary>
    /// <param name="ending">How the worker ended.</param>
    /// <param name="leases">Its jobs.</param>
    /// <param name="elapsed">How long each was in its hands.</param>
    public static IReadOnlyList<object> Of(WorkerEnding ending, IReadOnlyList<Lease> leases, Func<Lease, TimeSpan> elapsed) => [.. leases.Select<Lease, object>(lease => ending.Cause == EndCause.Lost ? new JobLost(lease.Job.Item, lease.Job.Attempt, lease.Job.Losses, new MachineLoss($"machine {ending.Worker.Machine} was not heard of any more", elapsed(lease)))
        : IsBlamed(ending, lease, elapsed(lease)) ? new JobDied(lease.Job.Item, lease.Job.Attempt, lease.Job.Deaths, new WorkerDeath(How(ending, lease), elapsed(lease), ending.Process.LastLines))
        : new JobReturned(lease.Job.Item))];

    /// <summary>Of several jobs any may have ended the process, so each is read alone from now on; a time limit names its own.</summary>
    private static bool IsBlamed(WorkerEnding ending, Lease lease, TimeSpan elapsed) => ending.Cause switch
    {
        EndCause.Stopped => false,
        EndCause.Overdue => elapsed >= lease.Limit,
        _ => true,
    };

    private static string How(WorkerEnding ending, Lease lease) => (ending.Cause, ending.Process.ExitCode) switch
    {
        (EndCause.Overdue, _) => FormattableString.Invariant($"not finished after {lease.Limit.TotalSeconds:0} s (mhdnet.dispatch.time-limit), so it was ended by {ending.Process.How}"),
        (EndCause.Unanswering, _) => $"it did not answer any more, so it was ended by {ending.Process.How}",
        (_, WorkerExit.OutOfMemory) => $"more memory than mhdnet.dispatch.memory-limit allows, {ending.Process.How}",
        _ => ending.Process.How,
    };
}
