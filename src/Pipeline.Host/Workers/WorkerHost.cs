using Akka.Actor;
using Akka.Cluster;
using MhdNet.Host.Commands;
using MhdNet.Host.Dispatch;
using MhdNet.Ingest.Ledger;
using MhdNet.Ingest.Sequences;

namespace MhdNet.Host.Workers;

/// <summary>A worker process from its orders to its end.</summary>
internal static class WorkerHost
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>Joins the host's cluster and works until it is ended.</summary>
    /// <param name="orders">The orders.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> Run(WorkerOrders orders)
    {
        Faults.BeforeReady();
        var decoders = Task.Run(Natives.RequireDecoders); // half a second, while the other processor starts the actor system
        using var hold = WorkerPresence.Hold(orders.WorkFolder);
        using var certificate = RunCertificate.Of(orders.Certificate);
        var host = Address.Parse(orders.Host);
        var setup = BootstrapSetup.Create().WithConfig(WorkCluster.Of("worker").WithFallback("akka { loglevel = OFF, stdout-loglevel = OFF, scheduler.tick-duration = 250ms, coordinated-shutdown.exit-clr = off, coordinated-shutdown.run-by-clr-shutdown-hook = off }"));
        using var system = ActorSystem.Create(host.System, setup.And(certificate.Setup()));
        Cluster.Get(system).Join(host);
        await decoders.ConfigureAwait(false);
        var graph = Faults.In(JobGraphs.Of(orders.Ct, orders.Slides, new SequenceStore(orders.WorkFolder)));
        var ended = new TaskCompletionSource<WorkerNodeEnd>(TaskCreationOptions.RunContinuationsAsynchronously);
        var identity = new Register(Register.Version, Software.Name, orders.Worker, orders.Token, orders.Room);
        var dispatcher = system.ActorSelection(orders.Host + orders.Dispatcher);
        system.ActorOf(
            Props.Create(() => new WorkerNode(
                identity,
                dispatcher,
                assign => Props.Create(() => new JobRunner(assign.Job, assign.Tiling, graph, Timeout.InfiniteTimeSpan, TimeProvider.System)),
                Interval,
                end => ended.TrySetResult(end))),
            "worker");
        var end = await ended.Task.ConfigureAwait(false);
        if (end.Sentence is not null)
        {
            await Console.Error.WriteLineAsync(end.Sentence).ConfigureAwait(false);
        }

        return end.ExitCode;
    }
}
