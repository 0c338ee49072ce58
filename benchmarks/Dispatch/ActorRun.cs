using System.Diagnostics;
using Akka.Actor;
using MhdNet.Host.Dispatch;
using MhdNet.Host.Workers;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Ledger;

namespace MhdNet.Benchmarks.Dispatch;

/// <summary>The dispatcher's actor between a ledger that has jobs at once and workers that need no time: what it can hand out at most.</summary>
internal static class ActorRun
{
    public static async Task<string> Measure(int workers, int jobs)
    {
        using var system = ActorSystem.Create("simulation", "akka.loglevel = WARNING");
        var done = new TaskCompletionSource();
        var ledger = system.ActorOf(Props.Create(() => new Ledger(jobs, done)), "ledger");
        var settings = new DispatchSettings(workers, TimeSpan.FromMinutes(10), TimeSpan.FromSeconds(1));
        var watch = Stopwatch.StartNew();
        system.ActorOf(Props.Create(() => new Dispatcher(ledger, settings, Props.Create(() => new Fleet(workers)), _ => null, TimeProvider.System)), "dispatcher");
        await done.Task.ConfigureAwait(false);
        var took = watch.Elapsed;
        var line = Measured.Of(jobs, took);
        await system.Terminate().ConfigureAwait(false);
        return line;
    }

    private sealed class Ledger : ReceiveActor
    {
        private int _given;
        private int _ended;

        public Ledger(int jobs, TaskCompletionSource done)
        {
            Receive<ReturnRunning>(_ => Sender.Tell(new RunningReturned([])));
            Receive<TakeReady>(take =>
            {
                var count = Math.Min(take.Max, jobs - _given);
                Sender.Tell(new Jobs([.. Enumerable.Range(_given, count).Select(SimulatedJobs.Of)], null));
                _given += count;
            });
            Receive<JobFinished>(finished =>
            {
                Sender.Tell(new ItemStored(finished.Item, null));
                if (++_ended == jobs)
                {
                    done.SetResult();
                }
            });
        }
    }

    private sealed class Fleet : ReceiveActor
    {
        public Fleet(int workers)
        {
            var host = Context.Parent;
            foreach (var number in Enumerable.Range(1, workers))
            {
                var id = new WorkerId($"{number}.1");
                host.Tell(new Admitted(id, Context.ActorOf(Props.Create(() => new Worker(id))), 1));
            }
        }
    }

    private sealed class Worker : ReceiveActor
    {
        private static readonly Outcome Outcome = new Outcome.Done(1);

        public Worker(WorkerId id)
        {
            var asks = new Pull(id, 1, []);
            Receive<Registered>(_ => Sender.Tell(asks));
            Receive<Assign>(assign =>
            {
                Sender.Tell(new Finished(id, assign.Lease, Outcome, TimeSpan.Zero));
                Sender.Tell(asks);
            });
            Receive<Taken>(_ => { });
        }
    }
}
