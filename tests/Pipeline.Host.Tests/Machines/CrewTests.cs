using System.Collections.Concurrent;
using Akka.Actor;
using Akka.TestKit;
using MhdNet.Host.Dispatch;
using MhdNet.Host.Machines;
using MhdNet.Host.Status;
using MhdNet.Host.Tests.Dispatch;
using MhdNet.Host.Workers;
using MhdNet.Ingest.Items;

namespace MhdNet.Host.Tests.Machines;

public sealed class CrewTests : ActorTest
{
    private static readonly WorkerId One = new("1.1");
    private readonly TemporaryFolder _folder = new();
    private readonly ManualClock _clock = new();
    private readonly ConcurrentDictionary<long, long> _sent = [];
    private readonly TestProbe _host;
    private readonly TestProbe _fleet;
    private readonly TestProbe _worker;
    private readonly TestProbe _end;
    private readonly IActorRef _crew;

    public CrewTests()
    {
        (_host, _fleet, _worker, _end) = (CreateTestProbe(), CreateTestProbe(), CreateTestProbe(), CreateTestProbe());
        var settings = new CrewSettings
        {
            Host = Take,
            Fleet = Relay.To(_fleet),
            Paths = PathMap.Parse([$"/host/drop={_folder.Path}"]),
            Lease = TimeSpan.FromSeconds(1),
            Heard = _clock.GetTimestamp(),
            Time = _clock,
            Line = _ => { },
            Pause = TimeSpan.FromSeconds(0.5),
            Ended = why => _end.Ref.Tell(why, ActorRefs.NoSender),
        };
        _crew = Sys.ActorOf(Props.Create(() => new Crew(settings)));
        _crew.Tell(new Admitted(One, _worker, 1), _fleet);
        _worker.ExpectMsg<Registered>();
    }

    protected override void AfterAll()
    {
        base.AfterAll();
        _folder.Dispose();
    }

    [Fact]
    public void Says_who_is_there_and_passes_on_what_they_say()
    {
        Assert.Equal(new PresentWorker(One, 1), Assert.Single(Next<Beat>(beat => beat.Workers.Count > 0).Workers));
        _crew.Tell(new Pull(One, 1, []), _worker);
        Assert.Equal(1, Next<Pull>().Room);
        _crew.Tell(new Finished(One, 7, new Outcome.Failed(new Reason("truncated", $"{_folder.Path}/P1/a.dcm: cut short")), TimeSpan.Zero), _worker);
        Assert.Equal("/host/drop/P1/a.dcm: cut short", Assert.IsType<Outcome.Failed>(Next<Finished>().Outcome).Reason.Sentence); // as the host calls it
        _crew.Tell(new Taken(7), _host);
        _worker.ExpectMsg<Taken>();
    }

    [Fact]
    public void A_stranger_who_uses_a_worker_s_name_is_not_believed()
    {
        var stranger = CreateTestProbe();
        _crew.Tell(new Pull(One, 1, []), stranger);
        stranger.ExpectMsg<Refused>();
    }

    [Fact]
    public void A_job_comes_with_the_paths_of_this_machine()
    {
        File.WriteAllText(_folder["a.dcm"], "");
        _crew.Tell(new Handed(One, new Assign(7, JobOf("/host/drop/a.dcm"), null)), _host);
        Assert.Equal([_folder["a.dcm"]], _worker.ExpectMsg<Assign>().Job.Files);
    }

    [Fact]
    public void A_job_whose_files_are_not_here_goes_back_and_nothing_is_asked_for_a_while()
    {
        _crew.Tell(new Handed(One, new Assign(7, JobOf("/host/drop/P1/a.dcm"), null)), _host);
        var unreadable = Next<Unreadable>();
        Assert.Equal((One, 7, "/host/drop/P1"), (unreadable.Worker, unreadable.Lease, unreadable.Path));
        Assert.Contains($"The host's /host/drop/P1 should be {_folder["P1"]} on this machine, as --map says", unreadable.Sentence, StringComparison.Ordinal);
        _crew.Tell(new Pull(One, 1, []), _worker);
        _crew.Tell(new Finished(One, 6, new Outcome.Done(1), TimeSpan.Zero), _worker);
        Next<Finished>(); // and no pull before it
        _clock.Advance(0.6);
        _crew.Tell(new Pull(One, 1, []), _worker);
        Next<Pull>();
    }

    [Fact]
    public void A_path_that_no_map_names_is_told_so()
    {
        _crew.Tell(new Handed(One, new Assign(7, JobOf("/nowhere/a.dcm"), null)), _host);
        Assert.Contains("/nowhere is not there on this machine, and no --map says where it is", Next<Unreadable>().Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_worker_that_is_gone_is_told_of_until_the_host_has_heard_it()
    {
        _crew.Tell(new WorkerEnding(One, EndCause.ByItself, new ProcessEnd(139, [])), _fleet);
        Assert.Equal(139, Assert.Single(Next<Beat>(beat => beat.Gone.Count > 0).Gone).Process.ExitCode);
        var second = Next<Beat>(beat => beat.Gone.Count > 0);
        _crew.Tell(new Beaten(second.Number), _host);
        Assert.Empty(Next<Beat>(beat => beat.Number > second.Number + 1).Gone);
    }

    [Fact]
    public void What_is_wrong_with_its_parts_is_told_as_long_as_it_is()
    {
        var wrong = new PartState("workers", "they end before they are ready");
        Sys.EventStream.Publish(wrong);
        Assert.Equal(wrong, Assert.Single(Next<Beat>(beat => beat.Wrong.Count > 0).Wrong));
        Assert.Equal(wrong, Assert.Single(Next<Beat>().Wrong));
        Sys.EventStream.Publish(new PartState("workers", null));
        Next<Beat>(beat => beat.Wrong.Count == 0);
    }

    [Fact]
    public void Without_a_word_from_the_host_in_time_the_workers_are_ended_at_once()
    {
        var early = BeatOfNow();
        _clock.Advance(0.5);
        _crew.Tell(new Beaten(BeatOfNow().Number), _host);
        _clock.Advance(0.6);
        var late = BeatOfNow(); // 0.6 s after the last beat that was heard
        _crew.Tell(new Beaten(early.Number), _host); // an answer that comes late counts from when the beat was sent
        _clock.Advance(0.5);
        Assert.Equal(CrewEnd.CutOff, _end.ExpectMsg<CrewEnd>());
        Assert.Contains(late.Workers, worker => worker.Worker == One);
        _fleet.ExpectNoMsg(TimeSpan.Zero); // it was stopped, not asked
    }

    [Fact]
    public void Dismissed_or_stopped_it_ends_the_workers_and_leaves()
    {
        _crew.Tell(new EndWork(), _host);
        _fleet.ExpectMsg<EndFleet>();
        _end.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        _crew.Tell(CrewEnd.Stopped, ActorRefs.NoSender);
        _fleet.Reply(new FleetEnded());
        Next<Left>();
        Assert.Equal(CrewEnd.Dismissed, _end.ExpectMsg<CrewEnd>());
    }

    [Fact]
    public void The_host_s_word_that_a_worker_must_go_reaches_the_fleet()
    {
        _crew.Tell(new EndOne(One, EndCause.Overdue), _host);
        Assert.Equal(new EndWorker(One, EndCause.Overdue), _fleet.ExpectMsg<EndWorker>());
    }

    /// <summary>A beat that was sent at the clock's present time.</summary>
    private Beat BeatOfNow() => Next<Beat>(beat => _sent[beat.Number] == _clock.GetTimestamp());

    private void Take(IWorkMessage message)
    {
        if (message is Beat beat)
        {
            _sent[beat.Number] = _clock.GetTimestamp();
        }

        _host.Ref.Tell(message, ActorRefs.NoSender);
    }

    private T Next<T>(Predicate<T>? wanted = null) => _host.FishForMessage<T>(message => wanted?.Invoke(message) ?? true);

    private static Job JobOf(string file) => new(new ItemId("a"), ItemKind.Ct, "P1", [file], 1);
}
