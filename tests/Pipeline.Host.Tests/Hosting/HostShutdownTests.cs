using Akka.Actor;
using MhdNet.Host.Dispatch;
using MhdNet.Host.Hosting;
using MhdNet.Host.Runs;
using MhdNet.Ingest.Ledger;

namespace MhdNet.Host.Tests.Hosting;

public class HostShutdownTests : ActorTest
{
    [Fact]
    public async Task Jobs_go_back_and_the_checkpoint_is_written_before_the_ledger_is_asked_and_the_system_ends_last()
    {
        var (ledger, dispatcher, trainer, director) = (CreateTestProbe(), CreateTestProbe(), CreateTestProbe(), CreateTestProbe());
        HostShutdown.Arrange(Sys, new ActorWiring(ledger, dispatcher, trainer, director));
        var ending = CoordinatedShutdown.Get(Sys).Run(CoordinatedShutdown.ClrExitReason.Instance);
        dispatcher.ExpectMsg<StopDispatch>(); // both at the same time: a worker's end and a training step may take a while
        director.ExpectMsg<StopDirector>();
        dispatcher.Reply(new DispatchStopped());
        ledger.ExpectNoMsg(TimeSpan.FromMilliseconds(100));
        Assert.False(Sys.WhenTerminated.IsCompleted);
        director.Reply(new DirectorStopped());
        ledger.ExpectMsg<CountItems>();
        ledger.Reply(new ItemCounts(0, 0, 0, 0, 0, 0));
        await ending;
        Assert.True(Sys.WhenTerminated.IsCompleted);
    }

    [Fact]
    public void Nothing_holds_up_the_end_for_more_than_a_minute()
    {
        var phases = Host.Hosting.Settings.Load(null).GetConfig("akka.coordinated-shutdown.phases");
        var limits = phases.Root.GetObject().Items.Keys.Select(phase => phases.GetTimeSpan($"{phase}.timeout")).ToList();
        Assert.InRange(limits.Sum(limit => limit.TotalSeconds), 1, 60);
    }

    [Fact]
    public async Task A_part_that_does_not_answer_holds_up_the_end_only_for_a_while()
    {
        var (ledger, silent) = (CreateTestProbe(), CreateTestProbe());
        var system = ActorSystem.Create("short", "akka { coordinated-shutdown.phases.service-unbind.timeout = 100ms, coordinated-shutdown.exit-clr = off, loglevel = OFF, stdout-loglevel = OFF }");
        HostShutdown.Arrange(system, new ActorWiring(ledger, ActorRefs.Nobody, ActorRefs.Nobody, silent));
        var ending = CoordinatedShutdown.Get(system).Run(CoordinatedShutdown.ClrExitReason.Instance);
        silent.ExpectMsg<StopDirector>();
        ledger.ExpectMsg<CountItems>();
        ledger.Reply(new ItemCounts(0, 0, 0, 0, 0, 0));
        await ending;
        Assert.True(system.WhenTerminated.IsCompleted);
    }
}
