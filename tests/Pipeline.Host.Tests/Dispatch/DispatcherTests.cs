using Akka.Actor;
using Akka.TestKit;
using MhdNet.Host.Dispatch;
using MhdNet.Host.Workers;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Ledger;

namespace MhdNet.Host.Tests.Dispatch;

public class DispatcherTests : ActorTest
{
    private static readonly WorkerId One = new("1.1");
    private static readonly WorkerId Two = new("2.2");
    private static readonly DispatchSettings Settings = new(Workers: 2, TimeLimit: TimeSpan.FromMinutes(1), PollInterval: TimeSpan.FromMilliseconds(50)) { TimeLimitPerGigabyte = TimeSpan.FromMinutes(10) };

    private readonly TestProbe _ledger;
    private readonly TestProbe _fleet;
    private readonly TestProbe _worker;
    private readonly ManualClock _clock = new();
    private readonly IActorRef _dispatcher;

    public DispatcherTests()
    {
        (_ledger, _fleet, _worker) = (CreateTestProbe(), CreateTestProbe(), CreateTestProbe());
        _dispatcher = Start();
    }

    [Fact]
    public void Asks_for_no_more_than_workers_have_room_for()
    {
        Admit(One, _worker, room: 2);
        _dispatcher.Tell(new Pull(One, 2, []), _worker);
        Assert.Equal(2, _ledger.ExpectMsg<TakeReady>().Max);
        _dispatcher.Tell(new Jobs([JobOf("a"), JobOf("b")], null), _ledger);
        _worker.ExpectMsg<Assign>();
        var second = _worker.ExpectMsg<Assign>();
        _ledger.ExpectNoMsg(TimeSpan.FromMilliseconds(150)); // nobody has room: it does not even ask

        _dispatcher.Tell(new Finished(One, second.Lease, new Outcome.Done(3), TimeSpan.FromSeconds(1)), _worker);
        _worker.ExpectMsg<Taken>();
        var finished = _ledger.ExpectMsg<JobFinished>();
        Assert.Equal((second.Job.Item, new Outcome.Done(3), (int?)1), (finished.Item, finished.Outcome, finished.Attempt));
        _dispatcher.Tell(new Pull(One, 1, [1]), _worker);
        Assert.Equal(1, _ledger.ExpectMsg<TakeReady>().Max);
    }

    [Fact]
    public void Before_anything_is_given_out_what_an_earlier_dispatcher_gave_out_goes_back()
    {
        var ledger = CreateTestProbe();
        var dispatcher = Sys.ActorOf(Props.Create(() => new Dispatcher(ledger, Settings, Relay.To(_fleet), _ => null, _clock)));
        ledger.ExpectMsg<ReturnRunning>();
        dispatcher.Tell(new Admitted(One, _worker, 1));
        dispatcher.Tell(new Pull(One, 1, []), _worker);
        ledger.ExpectNoMsg(TimeSpan.FromMilliseconds(150));
        dispatcher.Tell(new LedgerFailed(new ReturnRunning(), new Reason("ledger-write", "disk full")), ledger);
        ledger.ExpectMsg<ReturnRunning>();
        dispatcher.Tell(new RunningReturned([]), ledger);
        ledger.ExpectMsg<TakeReady>();
    }

    [Fact]
    public void A_worker_that_is_gone_fails_its_own_job_only()
    {
        var bad = Give(One, _worker, JobOf("bad"));
        var other = CreateTestProbe();
        var good = Give(Two, other, JobOf("good"));
        _dispatcher.Tell(new WorkerEnding(One, EndCause.ByItself, new ProcessEnd(139, ["last words"])));
        var died = _ledger.ExpectMsg<JobDied>();
        Assert.Equal(("bad", 1, 0, "signal 11 (SIGSEGV), exit code 139"), (died.Item.Value, died.Attempt, died.Deaths, died.Death.How));
        Assert.Equal(["last words"], died.Death.LastLines);
        _dispatcher.Tell(new Finished(Two, good.Lease, new Outcome.Done(1), TimeSpan.Zero), other);
        Assert.Equal("good", _ledger.ExpectMsg<JobFinished>().Item.Value);
        _dispatcher.Tell(new Finished(One, bad.Lease, new Outcome.Done(1), TimeSpan.Zero), _worker); // a word that was on its way is too late
        _ledger.ExpectNoMsg(TimeSpan.FromMilliseconds(150));
    }

    [Fact]
    public void A_job_beyond_its_limit_costs_its_worker_and_is_free_only_when_that_is_gone()
    {
        Give(One, _worker, JobOf("slow") with { Bytes = 500_000_000 }); // 1 min and 5 for half a gigabyte
        _clock.Advance(300);
        _fleet.ExpectNoMsg(TimeSpan.FromMilliseconds(150));
        _clock.Advance(61);
        Assert.Equal(new EndWorker(One, EndCause.Overdue), _fleet.ExpectMsg<EndWorker>());
        _fleet.ExpectNoMsg(TimeSpan.FromMilliseconds(150)); // once is enough
        _ledger.ExpectNoMsg(TimeSpan.Zero);
        _dispatcher.Tell(new WorkerEnding(One, EndCause.Overdue, new ProcessEnd(137, [])));
        Assert.Contains("not finished after 360 s", _ledger.ExpectMsg<JobDied>().Death.How, StringComparison.Ordinal);
    }

    [Fact]
    public void A_worker_whose_actor_is_gone_is_ended()
    {
        Give(One, _worker, JobOf("a"));
        Sys.Stop(_worker);
        Assert.Equal(new EndWorker(One, EndCause.Unanswering), _fleet.ExpectMsg<EndWorker>());
    }

    [Fact]
    public void Strangers_get_no_work_and_are_not_believed()
    {
        var lease = Give(One, _worker, JobOf("a"));
        var stranger = CreateTestProbe();
        _dispatcher.Tell(new Pull(new WorkerId("9.9"), 1, []), stranger);
        stranger.ExpectMsg<Refused>();
        _dispatcher.Tell(new Pull(One, 1, []), stranger); // another's name
        stranger.ExpectMsg<Refused>();
        _dispatcher.Tell(new Finished(One, lease.Lease, new Outcome.Done(1), TimeSpan.Zero), stranger);
        _ledger.ExpectNoMsg(TimeSpan.FromMilliseconds(150));
        var register = new Register(Register.Version, Ingest.Sequences.Software.Name, new WorkerId("9.9"), "guess", 1);
        _dispatcher.Tell(register, stranger);
        Assert.Equal(register, _fleet.ExpectMsg<Register>());
        Assert.Equal(stranger, _fleet.LastSender);
    }

    [Fact]
    public void With_a_lost_machine_its_jobs_are_suspect_until_it_comes_back_as_the_process_that_it_was()
    {
        var far = new WorkerId("b/1.1");
        Give(far, _worker, JobOf("a") with { Losses = 2 });
        _dispatcher.Tell(new WorkerEnding(far, EndCause.Lost, new ProcessEnd(0, [])));
        var lost = _ledger.ExpectMsg<JobLost>();
        Assert.Equal(("a", 1, 2), (lost.Item.Value, lost.Attempt, lost.Losses));
        _dispatcher.Tell(new MachineReturned("c"));
        _ledger.ExpectNoMsg(TimeSpan.FromMilliseconds(100));
        _dispatcher.Tell(new MachineReturned("b"));
        Assert.Equal(new JobAcquitted(lost.Item, "b"), _ledger.ExpectMsg<JobAcquitted>());
        _dispatcher.Tell(new MachineReturned("b"));
        _ledger.ExpectNoMsg(TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public void A_job_that_a_machine_cannot_read_goes_back_and_counts_for_nothing()
    {
        var lease = Give(One, _worker, JobOf("a"));
        _dispatcher.Tell(new HandedBack(One, lease.Lease), CreateTestProbe()); // a stranger's word
        _ledger.ExpectNoMsg(TimeSpan.FromMilliseconds(100));
        _dispatcher.Tell(new HandedBack(One, lease.Lease), _worker);
        Assert.Equal("a", _ledger.ExpectMsg<JobReturned>().Item.Value);
        _dispatcher.Tell(new HandedBack(One, lease.Lease), _worker);
        _ledger.ExpectNoMsg(TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public void With_other_machines_it_stops_when_both_fleets_have_ended_and_tells_both_who_must_go()
    {
        var machines = CreateTestProbe();
        var (ledger, far, near) = (CreateTestProbe(), new WorkerId("b/1.1"), CreateTestProbe());
        var dispatcher = Sys.ActorOf(Props.Create(() => new Dispatcher(ledger, Settings, Relay.To(_fleet), Relay.To(machines), _ => null, _clock)));
        dispatcher.Tell(new Admitted(far, near, 1));
        near.ExpectMsg<Registered>();
        Sys.Stop(near);
        Assert.Equal(new EndWorker(far, EndCause.Unanswering), machines.ExpectMsg<EndWorker>());
        Assert.Equal(new EndWorker(far, EndCause.Unanswering), _fleet.ExpectMsg<EndWorker>());
        dispatcher.Tell(new StopDispatch(), TestActor);
        _fleet.ExpectMsg<EndFleet>();
        _fleet.Reply(new FleetEnded());
        ExpectNoMsg(TimeSpan.FromMilliseconds(100));
        machines.ExpectMsg<EndFleet>();
        machines.Reply(new FleetEnded());
        ExpectMsg<DispatchStopped>();
    }

    [Fact]
    public void An_outcome_the_ledger_could_not_store_is_offered_again()
    {
        var lease = Give(One, _worker, JobOf("a"));
        _dispatcher.Tell(new Finished(One, lease.Lease, new Outcome.Done(1), TimeSpan.Zero), _worker);
        var first = _ledger.ExpectMsg<JobFinished>();
        _dispatcher.Tell(new LedgerFailed(first, new Reason("ledger-write", "disk full")), _ledger);
        Assert.Equal(first, _ledger.ExpectMsg<JobFinished>());
    }

    [Fact]
    public async Task A_fleet_that_fails_takes_the_dispatcher_along_and_what_was_given_out_goes_back_when_the_workers_are_gone()
    {
        Give(One, _worker, JobOf("a"));
        var fleet = await Sys.ActorSelection(_dispatcher.Path / "fleet").ResolveOne(Patience.Standstill);
        Watch(fleet);
        fleet.Tell("fail");
        ExpectTerminated(fleet);
        _ledger.ExpectMsg<ReturnRunning>();
        _dispatcher.Tell(new RunningReturned([new ItemId("a")]), _ledger);
        _dispatcher.Tell(new Pull(One, 1, []), _worker); // of the old fleet
        _worker.ExpectMsg<Refused>();
        Give(Two, CreateTestProbe(), JobOf("a"));
    }

    [Fact]
    public void Stopping_ends_the_workers_first_and_then_hands_their_jobs_back()
    {
        var a = Give(One, _worker, JobOf("a"));
        var other = CreateTestProbe();
        Give(Two, other, JobOf("b"));
        _dispatcher.Tell(new StopDispatch(), TestActor);
        _fleet.ExpectMsg<EndFleet>();
        _ledger.ExpectNoMsg(TimeSpan.FromMilliseconds(100)); // they may still write
        _dispatcher.Tell(new Finished(One, a.Lease, new Outcome.Done(1), TimeSpan.Zero), _worker); // just in time
        Assert.Equal("a", _ledger.ExpectMsg<JobFinished>().Item.Value);
        _dispatcher.Tell(new WorkerEnding(One, EndCause.Stopped, new ProcessEnd(0, [])));
        _dispatcher.Tell(new WorkerEnding(Two, EndCause.Stopped, new ProcessEnd(137, [])));
        Assert.Equal("b", _ledger.ExpectMsg<JobReturned>().Item.Value);
        ExpectNoMsg(TimeSpan.Zero);
        _dispatcher.Tell(new FleetEnded());
        ExpectMsg<DispatchStopped>();
        _dispatcher.Tell(new StopDispatch(), TestActor);
        ExpectMsg<DispatchStopped>(); // whoever asks later hears it, too
    }

    private IActorRef Start()
    {
        var dispatcher = Sys.ActorOf(Props.Create(() => new Dispatcher(_ledger, Settings, Relay.To(_fleet), _ => null, _clock)));
        _ledger.ExpectMsg<ReturnRunning>();
        dispatcher.Tell(new RunningReturned([]), _ledger);
        return dispatcher;
    }

    private void Admit(WorkerId worker, TestProbe actor, int room = 1)
    {
        _dispatcher.Tell(new Admitted(worker, actor, room));
        actor.ExpectMsg<Registered>();
    }

    private Assign Give(WorkerId worker, TestProbe actor, Job job)
    {
        Admit(worker, actor);
        _dispatcher.Tell(new Pull(worker, 1, []), actor);
        _ledger.ExpectMsg<TakeReady>();
        _dispatcher.Tell(new Jobs([job], null), _ledger);
        return actor.ExpectMsg<Assign>();
    }

    private static Job JobOf(string item) => new(new ItemId(item), ItemKind.Ct, "P1", ["/a.dcm"], 1);
}
