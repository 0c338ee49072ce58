using Akka.Actor;
using MhdNet.Host.Dispatch;
using MhdNet.Host.Workers;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Ledger;

namespace MhdNet.Host.Tests.Dispatch;

/// <summary>Ten thousand items are ready, the workers are slow: how much is under way.</summary>
public class BackpressureTests : ActorTest
{
    private const int Ready = 10_000;
    private const int Workers = 3;
    private const int Room = 2;
    private const int Outcomes = 600;

    [Fact]
    public void However_much_is_ready_no_more_is_under_way_than_workers_have_room_for()
    {
        var (ledger, runners) = (CreateTestProbe(), CreateTestProbe());
        var settings = new DispatchSettings(Workers, TimeSpan.FromMinutes(10), TimeSpan.FromMilliseconds(20)) { JobsPerWorker = Room };
        Sys.ActorOf(Props.Create(() => new Dispatcher(ledger, settings, Props.Create(() => new Nodes(runners)), _ => null, new ManualClock())));
        ledger.ExpectMsg<ReturnRunning>();
        ledger.Reply(new RunningReturned([]));

        var (next, finished, most) = (0, 0, 0);
        var held = new Queue<IActorRef>();
        while (finished < Outcomes)
        {
            // Runners say nothing until every place is taken: the slowest disk there is.
            while (next - finished < Workers * Room)
            {
                var take = ledger.FishForMessage<TakeReady>(_ => true);
                var jobs = Enumerable.Range(next, Math.Min(take.Max, Ready - next)).Select(i => new Job(new ItemId($"i{i}"), ItemKind.Ct, "P", [], 1)).ToList();
                next += jobs.Count;
                most = Math.Max(most, next - finished);
                ledger.Reply(new Jobs(jobs, null));
                jobs.ForEach(_ => held.Enqueue(runners.ExpectMsg<IActorRef>()));
            }

            ledger.ExpectNoMsg(finished % 60 == 0 ? TimeSpan.FromMilliseconds(60) : TimeSpan.Zero); // three intervals, and nobody asks
            held.Dequeue().Tell(new Outcome.Done(1));
            ledger.FishForMessage<JobFinished>(_ => true);
            finished++;
        }

        Assert.Equal(Workers * Room, most);
    }

    /// <summary>A fleet of workers in this process whose jobs end when the test says.</summary>
    private sealed class Nodes : ReceiveActor
    {
        private static readonly Action<WorkerNodeEnd> Ignore = _ => { };

        public Nodes(IActorRef runners)
        {
            var parent = Context.Parent;
            Receive<Register>(register => parent.Tell(new Admitted(register.Worker, Sender, register.Room)));
            for (var i = 1; i <= Workers; i++)
            {
                var identity = new Register(Register.Version, Ingest.Sequences.Software.Name, new WorkerId($"{i}.{i}"), "", Room);
                Context.ActorOf(Props.Create(() => new WorkerNode(identity, parent, assign => Props.Create(() => new Puppet(assign, runners)), TimeSpan.FromSeconds(5), Ignore)));
            }
        }
    }

    private sealed class Puppet : ReceiveActor
    {
        public Puppet(Assign assign, IActorRef runners)
        {
            Receive<Outcome>(outcome => Context.Parent.Tell(new JobRunner.Finished(assign.Job.Item, outcome, TimeSpan.Zero)));
            runners.Tell(Self);
        }
    }
}
