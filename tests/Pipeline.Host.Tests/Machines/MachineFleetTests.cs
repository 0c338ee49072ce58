using Akka.Actor;
using Akka.TestKit;
using MhdNet.Host.Dispatch;
using MhdNet.Host.Machines;
using MhdNet.Host.Status;
using MhdNet.Host.Workers;
using MhdNet.Ingest.Ct;
using MhdNet.Ingest.Items;
using MhdNet.Tiling.Slides;

namespace MhdNet.Host.Tests.Machines;

public class MachineFleetTests : ActorTest
{
    private static readonly WorkerId There = new("1.1");
    private static readonly WorkerId Here = new("b/1.1");
    private static readonly Enlist Words = new(Register.Version, Ingest.Sequences.Software.Name, "b", "word of its process");
    private static readonly Enlisted Terms = new("/work", "mark", "/drop", 1, 0, TimeSpan.FromSeconds(8), new CtSettings(), new SlideSettings());

    private readonly TestProbe _dispatcher;
    private readonly TestProbe _mailbox;
    private readonly TestProbe _machine;
    private readonly List<TestProbe> _machines = [];
    private readonly TestProbe _states;
    private readonly TestProbe _forgotten;
    private readonly ManualClock _clock = new();
    private IActorRef _fleet;

    public MachineFleetTests()
    {
        (_dispatcher, _mailbox, _machine, _states, _forgotten) = (CreateTestProbe(), CreateTestProbe(), Machine(), CreateTestProbe(), CreateTestProbe());
        _fleet = Fleet(Patience.Standstill);
        Sys.EventStream.Subscribe(_states, typeof(PartState));
    }

    [Fact]
    public void A_machine_is_told_the_terms_and_its_workers_are_the_dispatcher_s()
    {
        Join();
        var worker = Present();
        worker.Tell(new Registered(), _dispatcher);
        _fleet.Tell(new Pull(There, 1, []), _machine);
        Assert.Equal(Here, _dispatcher.ExpectMsg<Pull>().Worker);
        Assert.Equal(worker, _dispatcher.LastSender);
        var assign = new Assign(7, JobOf("a"), null);
        worker.Tell(assign, _dispatcher);
        Assert.Equal(new Handed(There, assign), _machine.ExpectMsg<Handed>());
        Assert.Equal(_mailbox, _machine.LastSender);
        _fleet.Tell(new Finished(There, 7, new Outcome.Done(2), TimeSpan.FromSeconds(1)), _machine);
        Assert.Equal(new Finished(Here, 7, new Outcome.Done(2), TimeSpan.FromSeconds(1)), _dispatcher.ExpectMsg<Finished>());
        worker.Tell(new Taken(7), _dispatcher);
        _machine.ExpectMsg<Taken>();
    }

    [Fact]
    public void Said_twice_it_is_one_machine_and_one_worker()
    {
        Join();
        Present();
        _fleet.Tell(Words, _machine);
        _machine.ExpectMsg<Enlisted>();
        _fleet.Tell(new Beat(2, [new PresentWorker(There, 1)], [], []), _machine);
        Assert.Equal(2, _machine.ExpectMsg<Beaten>().Number);
        _dispatcher.ExpectNoMsg(TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public void A_machine_of_another_version_is_refused_with_a_sentence()
    {
        _fleet.Tell(Words with { Protocol = Register.Version + 1, Software = "mhdnet 9.9.9" }, _machine);
        Assert.Contains($"mhdnet 9.9.9 and speaks version {Register.Version + 1}", _machine.ExpectMsg<Refused>().Sentence, StringComparison.Ordinal);
        _fleet.Tell(new Beat(1, [new PresentWorker(There, 1)], [], []), _machine);
        _machine.ExpectMsg<EndWork>();
        _dispatcher.ExpectNoMsg(TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public void A_worker_s_death_there_is_a_death_with_its_evidence_and_is_told_once()
    {
        Join();
        Present();
        var gone = new GoneWorker(There, EndCause.ByItself, new ProcessEnd(139, ["last words"]));
        _fleet.Tell(new Beat(2, [], [gone], []), _machine);
        var ending = _dispatcher.ExpectMsg<WorkerEnding>();
        Assert.Equal((Here, EndCause.ByItself, 139), (ending.Worker, ending.Cause, ending.Process.ExitCode));
        Assert.Equal(["last words"], ending.Process.LastLines);
        _fleet.Tell(new Beat(3, [], [gone], []), _machine);
        _fleet.Tell(new Beat(1, [new PresentWorker(There, 1)], [], []), _machine); // an older one that was on its way
        _dispatcher.ExpectNoMsg(TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public void What_is_wrong_with_the_machine_s_program_is_told_where_status_is_asked_once_until_it_is_right_or_the_machine_is_gone()
    {
        Join();
        Present();
        _states.ExpectMsg(new PartState("machine b", null));
        var wrong = new PartState("workers", "they end before they are ready");
        _fleet.Tell(new Beat(2, [], [], [wrong]), _machine);
        Assert.Equal(wrong with { Part = "machine b, workers" }, _states.ExpectMsg<PartState>());
        _fleet.Tell(new Beat(3, [], [], [wrong]), _machine);
        _fleet.Tell(new Beat(4, [], [], []), _machine);
        Assert.Equal(new PartState("machine b, workers", null), _states.ExpectMsg<PartState>());
        _fleet.Tell(new Beat(5, [], [], [wrong]), _machine);
        _states.ExpectMsg<PartState>();
        _fleet.Tell(new Left(), _machine);
        Assert.Equal(new PartState("machine b, workers", null), _states.ExpectMsg<PartState>());
    }

    [Fact]
    public void A_machine_that_leaves_because_it_cannot_work_is_told_of_until_it_works()
    {
        Join();
        _fleet.Tell(new Left("/drop is not there on this machine"), _machine);
        Assert.Equal(new PartState("machine b", "/drop is not there on this machine"), _states.ExpectMsg<PartState>());
        var again = Machine();
        _fleet.Tell(Words, again);
        again.ExpectMsg<Enlisted>();
        _states.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        _fleet.Tell(new Beat(1, [], [], []), again);
        Assert.Equal(new PartState("machine b", null), _states.ExpectMsg<PartState>());
    }

    [Fact]
    public void A_worker_that_must_go_is_ended_by_its_machine()
    {
        Join();
        Present();
        _fleet.Tell(new EndWorker(new WorkerId("1.1"), EndCause.Overdue)); // one of the host's own
        _fleet.Tell(new EndWorker(Here, EndCause.Overdue));
        Assert.Equal(new EndOne(There, EndCause.Overdue), _machine.ExpectMsg<EndOne>());
    }

    [Fact]
    public void A_machine_that_is_not_heard_of_is_lost_after_more_than_its_lease_and_joins_anew_under_another_name()
    {
        Join();
        Present();
        _states.ExpectMsg(new PartState("machine b", null));
        _clock.Advance(8.1); // the machine has ended its workers by now
        _dispatcher.ExpectNoMsg(TimeSpan.FromMilliseconds(100));
        _clock.Advance(2.5);
        Assert.Equal((Here, EndCause.Lost), (_dispatcher.ExpectMsg<WorkerEnding>() is var ending ? ending.Worker : default, ending.Cause));
        _forgotten.ExpectMsg<Address>();
        Assert.Contains("nothing was heard of it", _states.ExpectMsg<PartState>().Problem, StringComparison.Ordinal);
        AwaitAssert(() =>
        {
            _fleet.Tell(new Finished(There, 7, new Outcome.Done(1), TimeSpan.Zero), _machine); // a word that comes too late
            _machine.ExpectMsg<EndWork>(TimeSpan.FromMilliseconds(50));
        });
        _dispatcher.ExpectNoMsg(TimeSpan.FromMilliseconds(50));

        var again = Machine();
        _fleet.Tell(Words, again);
        again.ExpectMsg<Enlisted>();
        Assert.Equal(new MachineReturned("b"), _dispatcher.ExpectMsg<MachineReturned>());
        _states.ExpectNoMsg(TimeSpan.Zero); // it does not work yet
        _fleet.Tell(new Beat(1, [new PresentWorker(There, 1)], [], []), again);
        _states.ExpectMsg(new PartState("machine b", null));
        Assert.Equal("b#2/1.1", _dispatcher.ExpectMsg<Admitted>().Worker.Value);
    }

    [Fact]
    public void A_machine_that_was_killed_and_is_here_again_is_not_called_lost_when_its_first_lease_runs_out()
    {
        Join();
        Present();
        var again = Machine();
        _clock.Advance(5);
        _fleet.Tell(Words with { Process = "another" }, again);
        again.ExpectMsg<Enlisted>();
        _states.ExpectMsg(new PartState("machine b", null));
        _clock.Advance(5.6);
        Assert.Equal(EndCause.Lost, _dispatcher.ExpectMsg<WorkerEnding>().Cause);
        _states.ExpectNoMsg(TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public void Of_two_machines_of_one_name_the_lost_one_is_told_of_though_the_other_is_here()
    {
        Join();
        Present();
        _states.ExpectMsg(new PartState("machine b", null));
        var twin = Machine();
        _fleet.Tell(Words with { Process = "another" }, twin);
        twin.ExpectMsg<Enlisted>();
        _fleet.Tell(new Beat(1, [], [], []), twin);
        _states.ExpectMsg(new PartState("machine b", null));
        EventFilter.Warning(contains: "Two machines call themselves b").ExpectOne(() => _fleet.Tell(new Beat(2, [new PresentWorker(There, 1)], [], []), _machine));
        _clock.Advance(8);
        _fleet.Tell(new Beat(2, [], [], []), twin);
        twin.ExpectMsg<Beaten>();
        twin.ExpectMsg<Beaten>();
        _clock.Advance(3);
        Assert.Contains("nothing was heard of it", _states.ExpectMsg<PartState>().Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lost_machine_that_comes_back_as_the_process_that_it_was_had_only_been_cut_off()
    {
        Join();
        Present();
        _clock.Advance(10.6);
        Assert.Equal(EndCause.Lost, _dispatcher.ExpectMsg<WorkerEnding>().Cause);
        _forgotten.ExpectMsg<Address>();
        _fleet.Tell(Words with { Process = "another" }, Machine());
        _dispatcher.ExpectNoMsg(TimeSpan.FromMilliseconds(100)); // it was begun anew: something had ended it
        _fleet.Tell(Words, Machine());
        Assert.Equal(new MachineReturned("b"), _dispatcher.ExpectMsg<MachineReturned>());
        _fleet.Tell(Words, Machine());
        _dispatcher.ExpectNoMsg(TimeSpan.FromMilliseconds(100)); // once
    }

    [Fact]
    public void A_machine_that_comes_back_before_its_lease_runs_out_gives_its_jobs_back_at_once_and_nobody_is_suspect()
    {
        Join();
        Present();
        var again = Machine();
        _fleet.Tell(Words, again);
        again.ExpectMsg<Enlisted>();
        Assert.Equal((Here, EndCause.Stopped), (_dispatcher.ExpectMsg<WorkerEnding>() is var ending ? ending.Worker : default, ending.Cause));
    }

    [Fact]
    public void Words_in_time_keep_the_lease()
    {
        Join();
        Present();
        for (var beat = 2; beat < 6; beat++)
        {
            _clock.Advance(7);
            _fleet.Tell(new Beat(beat, [new PresentWorker(There, 1)], [], []), _machine);
            _machine.ExpectMsg<Beaten>();
        }

        _dispatcher.ExpectNoMsg(TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public void A_job_whose_files_are_not_there_goes_back_unless_they_are_not_here_either()
    {
        Join();
        var worker = Present();
        _states.ExpectMsg<PartState>();
        _fleet.Tell(new Unreadable(There, 7, AppContext.BaseDirectory, "not mounted"), _machine);
        Assert.Equal(new HandedBack(Here, 7), _dispatcher.ExpectMsg<HandedBack>());
        Assert.Equal(worker, _dispatcher.LastSender);
        Assert.Equal(new PartState("machine b", "not mounted"), _states.ExpectMsg<PartState>());
        _fleet.Tell(new Finished(There, 8, new Outcome.Done(1), TimeSpan.Zero), _machine);
        Assert.Equal(new PartState("machine b", null), _states.ExpectMsg<PartState>());
        _dispatcher.ExpectMsg<Finished>();
        _fleet.Tell(new Unreadable(There, 9, "/gone/for/good.dcm", "not mounted"), _machine);
        Assert.Equal("missing", Assert.IsType<Outcome.Failed>(_dispatcher.ExpectMsg<Finished>().Outcome).Reason.Code);
        _states.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public void Ending_asks_every_machine_to_end_its_workers_and_is_done_when_they_left()
    {
        Join();
        Present();
        _fleet.Tell(new EndFleet(), _dispatcher);
        _machine.ExpectMsg<EndWork>();
        _dispatcher.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        _fleet.Tell(new Left(), _machine);
        Assert.Equal((Here, EndCause.Stopped), (_dispatcher.ExpectMsg<WorkerEnding>() is var ending ? ending.Worker : default, ending.Cause));
        _dispatcher.ExpectMsg<FleetEnded>();
    }

    [Fact]
    public void Ending_waits_for_a_silent_machine_in_bounded_time()
    {
        _fleet = Fleet(TimeSpan.FromMilliseconds(200));
        Join();
        Present();
        _fleet.Tell(new EndFleet(), _dispatcher);
        _dispatcher.ExpectMsg<FleetEnded>();
        _fleet.Tell(new Left(), _machine);
        _dispatcher.ExpectMsg<WorkerEnding>();
        _dispatcher.ExpectNoMsg(TimeSpan.FromMilliseconds(50)); // it ends once
    }

    [Fact]
    public void Stopped_it_waits_until_the_machines_have_left()
    {
        Join();
        Present();
        Watch(_fleet);
        Sys.Stop(_fleet);
        _machine.ExpectMsg<EndWork>();
        ExpectNoMsg(TimeSpan.FromMilliseconds(100));
        _machine.Reply(new Left());
        ExpectTerminated(_fleet);
    }

    protected override void AfterAll()
    {
        foreach (var machine in _machines) // a fleet that stops waits for those that are still there
        {
            machine.SetAutoPilot(new DelegateAutoPilot((sender, message) =>
            {
                if (message is EndWork)
                {
                    sender.Tell(new Left(), ActorRefs.NoSender);
                }

                return AutoPilot.KeepRunning;
            }));
        }

        var watcher = CreateTestProbe();
        watcher.Watch(_fleet);
        Sys.Stop(_fleet);
        watcher.ExpectTerminated(_fleet);
        base.AfterAll();
    }

    private IActorRef Fleet(TimeSpan endPatience)
    {
        var settings = new MachineFleetSettings
        {
            Mailbox = _mailbox,
            Terms = Terms,
            Forget = address => _forgotten.Ref.Tell(address),
            Time = _clock,
            Look = TimeSpan.FromMilliseconds(20),
            EndPatience = endPatience,
        };
        var fleet = _dispatcher.ChildActorOf(Props.Create(() => new MachineFleet(settings)));
        Assert.Equal(fleet, _mailbox.ExpectMsg<Mailbox.Attach>().Reader);
        return fleet;
    }

    private TestProbe Machine()
    {
        var machine = CreateTestProbe();
        _machines.Add(machine);
        return machine;
    }

    private void Join()
    {
        _fleet.Tell(Words, _machine);
        Assert.Equal(Terms, _machine.ExpectMsg<Enlisted>());
    }

    private IActorRef Present()
    {
        _fleet.Tell(new Beat(1, [new PresentWorker(There, 1)], [], []), _machine);
        Assert.Equal(1, _machine.ExpectMsg<Beaten>().Number);
        var admitted = _dispatcher.ExpectMsg<Admitted>();
        Assert.Equal((Here, 1), (admitted.Worker, admitted.Room));
        return admitted.Actor;
    }

    private static Job JobOf(string item) => new(new ItemId(item), ItemKind.Ct, "P1", ["/a.dcm"], 1);
}
