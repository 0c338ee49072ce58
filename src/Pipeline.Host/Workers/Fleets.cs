using Akka.Actor;
using Akka.Cluster;
using MhdNet.Host.Dispatch;
using MhdNet.Ingest.Ct;
using MhdNet.Ingest.Sequences;
using MhdNet.Tiling.Slides;

namespace MhdNet.Host.Workers;

/// <summary>The two kinds of fleet.</summary>
internal static class Fleets
{
    private static readonly TimeSpan LocalInterval = TimeSpan.FromSeconds(5);

    /// <summary>Worker processes on this machine.</summary>
    /// <param name="system">The host's actor system, a member of a cluster of its own.</param>
    /// <param name="certificate">The run's certificate.</param>
    /// <param name="settings">How many, and how large.</param>
    /// <param name="workFolder">Where sequences go.</param>
    /// <param name="ct">How CT series are read.</param>
    /// <param name="slides">How slides are read.</param>
    public static Props Processes(ActorSystem system, RunCertificate certificate, DispatchSettings settings, string workFolder, CtSettings ct, SlideSettings slides)
    {
        var cluster = Cluster.Get(system);
        cluster.Join(cluster.SelfAddress);
        var (host, pem) = (cluster.SelfAddress.ToString(), certificate.ToPem());
        var pool = new WorkerPoolSettings
        {
            Workers = settings.Workers,
            Start = WorkerProcess.Start,
            Orders = (worker, token, dispatcher) => new WorkerOrders(host, dispatcher, worker, token, pem, workFolder, settings.JobsPerWorker, settings.MemoryLimit, ct, slides),
            Forget = cluster.Down,
        };
        return Props.Create(() => new WorkerPool(pool));
    }

    /// <summary>This process.</summary>
    public static Props InProcess(DispatchSettings settings, SequenceStore store, CtSettings ct, SlideSettings slides)
    {
        var graph = JobGraphs.Of(ct, slides, store);
        return Props.Create(() => new LocalFleet(
            settings.Workers * settings.JobsPerWorker,
            assign => Props.Create(() => new JobRunner(assign.Job, assign.Tiling, graph, settings.LimitFor(assign.Job.Bytes), TimeProvider.System)),
            LocalInterval));
    }
}
