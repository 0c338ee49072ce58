using Akka.Actor;
using Akka.TestKit;
using MhdNet.Host.Hosting;
using MhdNet.Host.Status;

namespace MhdNet.Host.Tests.Hosting;

public class HostSupervisorTests : ActorTest
{
    private readonly TestProbe _starts;
    private readonly TestProbe _gaveUp;
    private readonly IActorRef _root;

    public HostSupervisorTests()
    {
        (_starts, _gaveUp) = (CreateTestProbe(), CreateTestProbe());
        _root = Sys.ActorOf(Props.Create(() => new HostSupervisor((part, _) => _gaveUp.Ref.Tell(part))));
    }

    [Fact]
    public void A_part_that_fails_begins_anew_and_the_others_do_not_notice()
    {
        var (broken, other) = (Part("drop-folder"), Part("trainer"));
        broken.Tell("fail");
        Assert.Equal("drop-folder", _starts.ExpectMsg<string>());
        other.Tell("are you there?", TestActor);
        ExpectMsg("are you there?");
        broken.Tell("and you?", TestActor);
        ExpectMsg("and you?");
        _starts.ExpectNoMsg(TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public void A_part_that_fails_again_and_again_is_given_up_told_of_and_costs_no_other()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(PartState));
        var (broken, other) = (Part("drop-folder"), Part("trainer"));
        for (var i = 0; i < 6; i++)
        {
            broken.Tell("fail");
        }

        var state = ExpectMsg<PartState>();
        Assert.Equal("drop-folder", state.Part);
        Assert.Contains("failed 6 times within a minute and was given up: InvalidOperationException: as the test says", state.Problem, StringComparison.Ordinal);
        Assert.Equal("drop-folder", _gaveUp.ExpectMsg<string>());
        other.Tell("are you there?", TestActor);
        ExpectMsg("are you there?");
    }

    private IActorRef Part(string name)
    {
        _root.Tell(new HostSupervisor.StartPart(name, Props.Create(() => new Puppet(name, _starts))), TestActor);
        var part = ExpectMsg<IActorRef>();
        Assert.Equal(name, _starts.ExpectMsg<string>());
        return part;
    }

    private sealed class Puppet : ReceiveActor
    {
        public Puppet(string name, IActorRef starts)
        {
            Receive<string>(word => word == "fail", _ => throw new InvalidOperationException("as the test says"));
            Receive<string>(word => Sender.Tell(word));
            starts.Tell(name);
        }
    }
}
