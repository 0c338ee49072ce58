using System.Diagnostics;
using Akka.Actor;
using MhdNet.Ingest.Drop;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Ledger;

namespace MhdNet.Benchmarks.Dispatch;

/// <summary>The ledger's actor: items entered, taken one by one and ended, each transition on the disk before it is answered.</summary>
internal static class LedgerRun
{
    public static async Task<string> Measure(int jobs, string folder)
    {
        using var work = WorkFolder.Open(Path.Combine(folder, "work"), TimeProvider.System, out _);
        using var system = ActorSystem.Create("simulation", "akka.loglevel = WARNING");
        var settings = new LedgerSettings(3, TimeSpan.Zero, TimeSpan.Zero);
        var ledger = system.ActorOf(LedgerActor.Props(work.LedgerPath, new DropNames("/"), settings, TimeProvider.System, work.Store), "ledger");
        var watch = Stopwatch.StartNew();
        var items = Enumerable.Range(0, jobs).Select(number => new ItemObservation(SimulatedJobs.Item(number), ItemKind.Slide, $"P{number / 10:000000}", $"P{number / 10:000000}/{number}.svs", "content", new Standing.Complete())).ToList();
        await Ask<Stored>(ledger, new Observed(0, [], [], items, [])).ConfigureAwait(false);
        var entered = watch.Elapsed;
        watch.Restart();
        for (var ended = 0; ended < jobs;)
        {
            foreach (var job in (await Ask<Jobs>(ledger, new TakeReady(1)).ConfigureAwait(false)).Items)
            {
                await Ask<ItemStored>(ledger, new JobFinished(job.Item, new Outcome.Rejected(new Reason("simulated", "Nothing was read.")), TimeSpan.Zero, job.Attempt)).ConfigureAwait(false);
                ended++;
            }
        }

        var took = watch.Elapsed;
        var line = FormattableString.Invariant($"entered in {entered.TotalSeconds:0.00} s; taken and ended: {Measured.Of(jobs, took)}");
        await system.Terminate().ConfigureAwait(false);
        return line;
    }

    private static async Task<T> Ask<T>(IActorRef ledger, object request) => await ledger.Ask<object>(request, TimeSpan.FromMinutes(10)).ConfigureAwait(false) switch
    {
        T answer => answer,
        var other => throw new InvalidOperationException($"the ledger answered {request.GetType().Name} with {other}"),
    };
}
