using Akka.Actor;
using Akka.Streams;
using MhdNet.Host.Workers;
using MhdNet.Ingest.Items;

namespace MhdNet.Host.Dispatch;

/// <summary>
/// Exists for one job, to hold its stream: stopping this actor stops the stream. Tells its parent <see cref="Finished"/> exactly once, whatever the
/// stream does, and stops.
/// </summary>
public sealed class JobRunner : ReceiveActor, IWithTimers
{
    private readonly Job _job;
    private readonly TilingOrder? _tiling;
    private readonly JobGraph _graph;
    private readonly TimeSpan _limit;
    private readonly TimeProvider _time;
    private long _started;

    /// <summary>A runner of one job.</summary>
    /// <param name="job">The job.</param>
    /// <param name="tiling">How its slide is tiled, where that differs from the settings.</param>
    /// <param name="graph">The stream that does it.</param>
    /// <param name="limit">Wall-clock time after which the job counts as hung; infinite in a process that the host ends then.</param>
    /// <param name="time">The clock.</param>
    public JobRunner(Job job, TilingOrder? tiling, JobGraph graph, TimeSpan limit, TimeProvider time)
    {
        (_job, _tiling, _graph, _limit, _time) = (job, tiling, graph, limit, time);
        Receive<Outcome>(Finish);
        Receive<Akka.Actor.Status.Failure>(failure => Finish(new Outcome.Failed(Unexpected(failure.Cause))));
        Receive<Overdue>(_ => Finish(new Outcome.Failed(new Reason(
            "time-limit",
            $"{_job.Item}: not finished after {_limit.TotalSeconds:0} s. If its files are good and large, raise mhdnet.dispatch.time-limit and run 'mhdnet retry'."))));
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <inheritdoc/>
    protected override void PreStart()
    {
        _started = _time.GetTimestamp();
        if (_limit != Timeout.InfiniteTimeSpan)
        {
            Timers.StartSingleTimer(nameof(Overdue), Overdue.Instance, _limit);
        }

        Task<Outcome> outcome;
        try
        {
            outcome = _graph(_job, _tiling).Run(Context.Materializer());
        }
        catch (Exception e)
        {
            // A graph that cannot even be built fails its job, not the dispatcher.
            outcome = Task.FromResult<Outcome>(new Outcome.Failed(Unexpected(e)));
        }

        outcome.PipeTo(Self);
    }

    private void Finish(Outcome outcome)
    {
        Context.Parent.Tell(new Finished(_job.Item, outcome, _time.GetElapsedTime(_started)));
        Context.Stop(Self);
    }

    private static Reason Unexpected(Exception e)
    {
        var cause = e is AggregateException { InnerException: { } inner } ? inner : e;
        return new Reason("unexpected-error", $"{cause.GetType().Name}: {cause.Message}");
    }

    /// <summary>What a runner tells its parent.</summary>
    /// <param name="Item">The item.</param>
    /// <param name="Outcome">What became of it.</param>
    /// <param name="Duration">Wall-clock time.</param>
    public sealed record Finished(ItemId Item, Outcome Outcome, TimeSpan Duration);

    private sealed class Overdue
    {
        public static readonly Overdue Instance = new();
    }
}
