using MhdNet.Host.Workers;
using MhdNet.Ingest.Ledger;

namespace MhdNet.Host.Dispatch;

/// <summary>Which of a worker's jobs its end is laid to.</summary>
internal static class DeathRules
{
    private const string TimeLimit = "mhdnet.dispatch.time-limit";
    private const string MemoryLimit = "mhdnet.dispatch.memory-limit";

    /// <summary>
    /// What the ledger is told of each job of a worker that is gone: <see cref="JobDied"/> of those that may be to blame, <see cref="JobLost"/> where the whole machine is gone, <see cref="JobReturned"/> of
    /// the others.
    /// </summary>
    /// <param name="ending">How the worker ended.</param>
    /// <param name="leases">Its jobs.</param>
    /// <param name="elapsed">How long each was in its hands.</param>
    public static IReadOnlyList<object> Of(WorkerEnding ending, IReadOnlyList<Lease> leases, Func<Lease, TimeSpan> elapsed) => [.. leases.Select(lease => Of(ending, lease, elapsed(lease)))];

    private static object Of(WorkerEnding ending, Lease lease, TimeSpan elapsed) => lease.Job switch
    {
        var job when ending.Cause == EndCause.Lost => new JobLost(job.Item, job.Attempt, job.Losses, new MachineLoss($"machine {ending.Worker.Machine} was not heard of any more", elapsed)),
        var job when IsBlamed(ending, lease, elapsed) => new JobDied(job.Item, job.Attempt, job.Deaths, new WorkerDeath(How(ending, lease), elapsed, ending.Process.LastLines, Limit(ending))),
        var job => new JobReturned(job.Item),
    };

    /// <summary>Of several jobs any may have ended the process, so each is read alone from now on; a time limit names its own.</summary>
    private static bool IsBlamed(WorkerEnding ending, Lease lease, TimeSpan elapsed) => ending.Cause switch
    {
        EndCause.Stopped => false,
        EndCause.Overdue => elapsed >= lease.Limit,
        _ => true,
    };

    private static string? Limit(WorkerEnding ending) => (ending.Cause, ending.Process.ExitCode) switch
    {
        (EndCause.Overdue, _) => TimeLimit,
        (_, WorkerExit.OutOfMemory) => MemoryLimit,
        _ => null,
    };

    private static string How(WorkerEnding ending, Lease lease) => (ending.Cause, ending.Process.ExitCode) switch
    {
        (EndCause.Overdue, _) => FormattableString.Invariant($"not finished after {lease.Limit.TotalSeconds:0} s ({TimeLimit}), so it was ended by {ending.Process.How}"),
        (EndCause.Unanswering, _) => $"it did not answer any more, so it was ended by {ending.Process.How}",
        (_, WorkerExit.OutOfMemory) => $"more memory than {MemoryLimit} allows, {ending.Process.How}",
        _ => ending.Process.How,
    };
}
