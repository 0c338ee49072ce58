using Akka.Actor;
using Akka.TestKit;
using MhdNet.Host.Dispatch;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Ledger;

namespace MhdNet.Host.Tests.Dispatch;

public class DispatcherTests : ActorTest
{
    private static readonly DispatchSettings Settings = new(Workers: 2, TimeLimit: TimeSpan.FromMinutes(1), PollInterval: TimeSpan.FromMilliseconds(50));

    private readonly TestProbe _ledger;
    private readonly TestProbe _runners;
    private readonly IActorRef _dispatcher;

    public DispatcherTests()
    {
        _ledger = CreateTestProbe();
        _runners = CreateTestProbe();
        _dispatcher = Sys.ActorOf(Props.Create(() => new Dispatcher(_ledger, Settings, job => Props.Create(() => new PuppetRunner(job, _runners)))));
    }

    [Fact]
    public void Asks_for_no_more_than_it_can_start()
    {
        Assert.Equal(2, _ledger.ExpectMsg<TakeReady>().Max);
        _dispatcher.Tell(new Jobs([JobOf("a"), JobOf("b")], null), _ledger);
        _runners.ExpectMsg<PuppetRunner.Started>();
        var second = _runners.ExpectMsg<PuppetRunner.Started>();
        _ledger.ExpectNoMsg(TimeSpan.FromMilliseconds(150)); // both workers busy: it does not even ask

        second.Runner.Tell(new Outcome.Done(3));
        var finished = _ledger.FishForMessage<JobFinished>(_ => true);
        Assert.Equal((second.Job.Item, new Outcome.Done(3), (int?)1), (finished.Item, finished.Outcome, finished.Attempt));
        Assert.Equal(1, _ledger.FishForMessage<TakeReady>(_ => true).Max);
    }

    [Fact]
    public void A_runner_that_dies_fails_its_own_job_only()
    {
        _ledger.ExpectMsg<TakeReady>();
        _dispatcher.Tell(new Jobs([JobOf("bad"), JobOf("good")], null), _ledger);
        PuppetRunner.Started[] started = [_runners.ExpectMsg<PuppetRunner.Started>(), _runners.ExpectMsg<PuppetRunner.Started>()];
        started.Single(each => each.Job.Item.Value == "bad").Runner.Tell("throw");

        var failed = _ledger.FishForMessage<JobFinished>(_ => true);
        Assert.Equal("bad", failed.Item.Value);
        Assert.Equal("worker-died", Assert.IsType<Outcome.Failed>(failed.Outcome).Reason.Code);

        started.Single(each => each.Job.Item.Value == "good").Runner.Tell(new Outcome.Done(1));
        Assert.Equal("good", _ledger.FishForMessage<JobFinished>(_ => true).Item.Value);
    }

    [Fact]
    public void An_outcome_the_ledger_could_not_store_is_offered_again()
    {
        _ledger.ExpectMsg<TakeReady>();
        _dispatcher.Tell(new Jobs([JobOf("a")], null), _ledger);
        _runners.ExpectMsg<PuppetRunner.Started>().Runner.Tell(new Outcome.Done(1));
        var first = _ledger.FishForMessage<JobFinished>(_ => true);
        _dispatcher.Tell(new LedgerFailed(first, new Reason("ledger-write", "disk full")), _ledger);
        Assert.Equal(first, _ledger.FishForMessage<JobFinished>(_ => true));
    }

    [Fact]
    public void Stopping_hands_running_jobs_back()
    {
        _ledger.ExpectMsg<TakeReady>();
        _dispatcher.Tell(new Jobs([JobOf("a")], null), _ledger);
        var runner = _runners.ExpectMsg<PuppetRunner.Started>().Runner;
        var watcher = CreateTestProbe();
        watcher.Watch(runner);
        _dispatcher.Tell(new StopDispatch(), TestActor);
        ExpectMsg<DispatchStopped>();
        watcher.ExpectTerminated(runner);
        Assert.Equal("a", _ledger.FishForMessage<JobReturned>(_ => true).Item.Value);
    }

    private static Job JobOf(string item) => new(new ItemId(item), ItemKind.Ct, "P1", ["/a.dcm"], 1);

    /// <summary>Does what the test says.</summary>
    private sealed class PuppetRunner : ReceiveActor
    {
        public PuppetRunner(Job job, IActorRef probe)
        {
            Receive<Outcome>(outcome => Context.Parent.Tell(new JobRunner.Finished(job.Item, outcome, TimeSpan.FromSeconds(1))));
            Receive<string>(_ => throw new InvalidOperationException("as the test says"));
            probe.Tell(new Started(job, Self));
        }

        public sealed record Started(Job Job, IActorRef Runner);
    }
}
