using Akka.Actor;
using Akka.Cluster;
using MhdNet.Host.Dispatch;
using MhdNet.Host.Machines;
using MhdNet.Ingest.Ct;
using MhdNet.Ingest.Ledger;
using MhdNet.Ingest.Sequences;
using MhdNet.Tiling.Slides;

namespace MhdNet.Host.Workers;

/// <summary>The kinds of fleet.</summary>
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
    public static Props Processes(ActorSystem system, RunCertificate certificate, DispatchSettings settings, string workFolder, CtSettings ct, SlideSettings slides) =>
        Processes(system, settings.Workers, (host, worker, token, dispatcher) => new WorkerOrders(host, dispatcher, worker, token, certificate.ToPem(), workFolder, settings.JobsPerWorker, settings.MemoryLimit, ct, slides));

    /// <summary>Worker processes on this machine that work for a host on another.</summary>
    /// <param name="system">This machine's actor system for its workers, a member of a cluster of its own.</param>
    /// <param name="certificate">Their certificate.</param>
    /// <param name="workers">How many.</param>
    /// <param name="terms">What the host tells.</param>
    /// <param name="workFolder">Where the host's work folder is here.</param>
    public static Props OfMachine(ActorSystem system, RunCertificate certificate, int workers, Enlisted terms, string workFolder) =>
        Processes(system, workers, (host, worker, token, dispatcher) => new WorkerOrders(host, dispatcher, worker, token, certificate.ToPem(), workFolder, terms.Room, terms.MemoryLimit, terms.Ct, terms.Slides));

    /// <summary>Workers of other machines.</summary>
    /// <param name="gate">The host's door.</param>
    /// <param name="settings">How much a worker may take, and how long a machine may be silent.</param>
    /// <param name="work">Where sequences go.</param>
    /// <param name="dropFolder">The folder that is watched, where there is one.</param>
    /// <param name="ct">How CT series are read.</param>
    /// <param name="slides">How slides are read.</param>
    public static Props Machines(Gate gate, DispatchSettings settings, WorkFolder work, string? dropFolder, CtSettings ct, SlideSettings slides)
    {
        var machines = new MachineFleetSettings
        {
            Mailbox = gate.Mailbox,
            Terms = new Enlisted(work.FullPath, work.Mark.Word!, dropFolder, settings.JobsPerWorker, settings.MemoryLimit, settings.MachineLease, ct, slides),
            Forget = gate.Forget,
            Time = TimeProvider.System,
        };
        return Props.Create(() => new MachineFleet(machines));
    }

    private static Props Processes(ActorSystem system, int workers, Func<string, WorkerId, string, string, WorkerOrders> orders)
    {
        var cluster = Cluster.Get(system);
        cluster.Join(cluster.SelfAddress);
        var host = cluster.SelfAddress.ToString();
        var pool = new WorkerPoolSettings
        {
            Workers = workers,
            Start = WorkerProcess.Start,
            Orders = (worker, token, dispatcher) => orders(host, worker, token, dispatcher),
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
