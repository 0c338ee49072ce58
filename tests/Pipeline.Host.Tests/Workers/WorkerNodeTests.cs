using Akka.Actor;
using Akka.TestKit;
using MhdNet.Host.Dispatch;
using MhdNet.Host.Workers;
using MhdNet.Ingest.Items;

namespace MhdNet.Host.Tests.Workers;

public class WorkerNodeTests : ActorTest
{
    private static readonly Register Identity = new(Register.Version, Ingest.Sequences.Software.Name, new WorkerId("1.1"), "token", Room: 2);

    private readonly TestProbe _host;
    private readonly TestProbe _runners;
    private readonly TestProbe _end;
    private readonly IActorRef _node;

    public WorkerNodeTests()
    {
        (_host, _runners, _end) = (CreateTestProbe(), CreateTestProbe(), CreateTestProbe());
        _node = Sys.ActorOf(Props.Create(() => new WorkerNode(Identity, _host, assign => Props.Create(() => new Puppet(assign, _runners)), TimeSpan.FromMilliseconds(60), end => _end.Ref.Tell(end))));
    }

    [Fact]
    public void Registers_until_it_is_heard_and_asks_for_as_much_as_it_has_room_for()
    {
        Assert.Equal(Identity, _host.ExpectMsg<Register>());
        Assert.Equal(Identity, _host.ExpectMsg<Register>()); // the first may have got lost
        _node.Tell(new Registered(), _host);
        Assert.Equal(2, Next<Pull>().Room);
        _node.Tell(new Assign(7, JobOf("a"), null), _host);
        _runners.ExpectMsg<Started>();
        var pull = Next<Pull>(each => each.Held.Count > 0);
        Assert.Equal(1, pull.Room);
        Assert.Equal([7], pull.Held);
    }

    [Fact]
    public void Says_an_outcome_until_the_host_has_it_and_does_the_same_lease_once()
    {
        _node.Tell(new Registered(), _host);
        _node.Tell(new Assign(7, JobOf("a"), null), _host);
        var started = _runners.ExpectMsg<Started>();
        _node.Tell(new Assign(7, JobOf("a"), null), _host);
        started.Runner.Tell(new Outcome.Done(2));
        Assert.Equal(new Finished(Identity.Worker, 7, new Outcome.Done(2), TimeSpan.FromSeconds(1)), Next<Finished>());
        Next<Finished>();
        _node.Tell(new Assign(7, JobOf("a"), null), _host);
        _runners.ExpectNoMsg(TimeSpan.FromMilliseconds(100));
        _node.Tell(new Taken(7), _host);
        Next<Pull>(pull => pull is { Room: 2, Held.Count: 0 });
    }

    [Fact]
    public void A_runner_that_stops_without_a_word_is_a_failed_outcome()
    {
        _node.Tell(new Registered(), _host);
        _node.Tell(new Assign(7, JobOf("a"), null), _host);
        _runners.ExpectMsg<Started>().Runner.Tell("throw");
        Assert.Equal("worker-failed", Assert.IsType<Outcome.Failed>(Next<Finished>().Outcome).Reason.Code);
    }

    [Fact]
    public void Refused_it_ends_with_the_host_s_sentence()
    {
        _node.Tell(new Refused("another version"), _host);
        Assert.Equal(new WorkerNodeEnd(WorkerExit.Refused, "another version"), _end.ExpectMsg<WorkerNodeEnd>());
    }

    [Fact]
    public void When_the_host_s_actor_is_gone_it_ends()
    {
        _node.Tell(new Registered(), _host);
        Next<Pull>();
        Sys.Stop(_host);
        Assert.Equal(WorkerExit.Orphaned, _end.ExpectMsg<WorkerNodeEnd>().ExitCode);
    }

    [Fact]
    public void Told_that_it_is_enough_it_stops_what_it_does_and_ends()
    {
        _node.Tell(new Registered(), _host);
        _node.Tell(new Assign(7, JobOf("a"), null), _host);
        var runner = _runners.ExpectMsg<Started>().Runner;
        Watch(runner);
        _node.Tell(new EndWork(), _host);
        ExpectTerminated(runner);
        Assert.Equal(0, _end.ExpectMsg<WorkerNodeEnd>().ExitCode);
    }

    private T Next<T>(Predicate<T>? wanted = null) => _host.FishForMessage<T>(message => wanted?.Invoke(message) ?? true);

    private static Job JobOf(string item) => new(new ItemId(item), ItemKind.Ct, "P1", ["/a.dcm"], 1);

    private sealed record Started(Assign Assign, IActorRef Runner);

    /// <summary>A runner that does what the test says.</summary>
    private sealed class Puppet : ReceiveActor
    {
        public Puppet(Assign assign, IActorRef probe)
        {
            Receive<Outcome>(outcome => Context.Parent.Tell(new JobRunner.Finished(assign.Job.Item, outcome, TimeSpan.FromSeconds(1))));
            Receive<string>(_ => throw new InvalidOperationException("as the test says"));
            probe.Tell(new Started(assign, Self));
        }
    }
}
