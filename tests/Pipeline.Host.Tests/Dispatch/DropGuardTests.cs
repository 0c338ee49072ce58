using Akka.Actor;
using Akka.TestKit;
using MhdNet.Host.Dispatch;
using MhdNet.Host.Status;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Ledger;

namespace MhdNet.Host.Tests.Dispatch;

public sealed class DropGuardTests : ActorTest
{
    private static readonly ItemId Item = new("a");
    private static readonly JobFinished Failed = new(Item, new Outcome.Failed(new Reason("missing-file", "not there")), TimeSpan.Zero, 1);
    private readonly TestProbe _ledger;
    private readonly TestProbe _dispatcher;
    private readonly TestProbe _states;
    private readonly IActorRef _guard;
    private readonly ManualClock _clock = new();
    private volatile bool _isThere = true;

    public DropGuardTests()
    {
        (_ledger, _dispatcher, _states) = (CreateTestProbe(), CreateTestProbe(), CreateTestProbe());
        Sys.EventStream.Subscribe(_states, typeof(PartState));
        _guard = Guard(() => _isThere ? null : "The drop folder /drop is not there", TimeSpan.FromSeconds(30));
        Assert.Null(_states.ExpectMsg<PartState>().Problem); // what an earlier one said does not stay
    }

    [Fact]
    public void With_the_folders_there_everything_goes_to_the_ledger_as_it_is_and_answers_come_back()
    {
        foreach (var message in (object[])[Failed, new JobDied(Item, 1, 0, new WorkerDeath("signal 7 (SIGBUS)", TimeSpan.Zero, [])), new JobReturned(Item), new TakeReady(1), new ReturnRunning()])
        {
            _guard.Tell(message, _dispatcher);
            Assert.Equal(message, _ledger.ExpectMsg<object>());
            _ledger.Reply("answer");
            _dispatcher.ExpectMsg("answer");
        }

        _states.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void What_fails_or_ends_its_worker_while_a_folder_is_away_goes_back_and_what_was_done_is_done()
    {
        _isThere = false;
        _guard.Tell(Failed, _dispatcher);
        Assert.Equal(new JobReturned(Item), _ledger.ExpectMsg<JobReturned>());
        Assert.Equal(_dispatcher, _ledger.LastSender);
        _guard.Tell(new JobDied(Item, 1, 0, new WorkerDeath("signal 7 (SIGBUS)", TimeSpan.Zero, [])), _dispatcher);
        _ledger.ExpectMsg<JobReturned>();
        _guard.Tell(Failed with { Outcome = new Outcome.Rejected(new Reason("too-few-slices", "why")) }, _dispatcher);
        _ledger.ExpectMsg<JobReturned>();
        var done = Failed with { Outcome = new Outcome.Done(2) };
        _guard.Tell(done, _dispatcher);
        Assert.Equal(done, _ledger.ExpectMsg<JobFinished>());
    }

    [Fact]
    public void Nothing_is_given_out_until_the_folder_is_there_again_and_people_are_told()
    {
        _isThere = false;
        _guard.Tell(Failed, _dispatcher);
        _ledger.ExpectMsg<JobReturned>();
        Assert.StartsWith("The drop folder /drop is not there, so what failed meanwhile goes back", _states.ExpectMsg<PartState>().Problem, StringComparison.Ordinal);
        _guard.Tell(new TakeReady(1), _dispatcher);
        Assert.Empty(_dispatcher.ExpectMsg<Jobs>().Items);
        _ledger.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        _isThere = true;
        AwaitGiven(_guard);
        Assert.Null(_states.ExpectMsg<PartState>().Problem);
    }

    [Fact]
    public void A_folder_that_does_not_answer_is_away_and_holds_up_nothing()
    {
        using var answer = new ManualResetEventSlim();
        var looks = 0;
        var guard = Guard(
            () =>
            {
                if (Interlocked.Increment(ref looks) == 1)
                {
                    answer.Wait();
                }

                return null;
            },
            TimeSpan.FromMilliseconds(50));
        _states.ExpectMsg<PartState>();
        guard.Tell(Failed, _dispatcher);
        Assert.Equal(Item, _ledger.ExpectMsg<JobReturned>().Item);
        Assert.Contains("has not answered for", _states.ExpectMsg<PartState>().Problem, StringComparison.Ordinal);
        guard.Tell(new TakeReady(1), _dispatcher);
        Assert.Empty(_dispatcher.ExpectMsg<Jobs>().Items);
        Assert.Equal(1, looks); // that one is still under way
        _clock.Advance(61); // and may never end: the share that it hangs at is gone, and another is mounted in its place
        AwaitGiven(guard);
        answer.Set();
    }

    [Fact]
    public void What_is_judged_while_all_that_runs_goes_back_goes_back_with_it_and_not_once_more()
    {
        using var answer = new ManualResetEventSlim();
        var guard = Guard(
            () =>
            {
                answer.Wait();
                return null;
            },
            TimeSpan.FromSeconds(30));
        guard.Tell(Failed, _dispatcher);
        guard.Tell(new ReturnRunning(), _dispatcher);
        _ledger.ExpectMsg<ReturnRunning>();
        answer.Set();
        guard.Tell(Failed with { Item = new ItemId("b") }, _dispatcher);
        Assert.Equal("b", _ledger.ExpectMsg<JobFinished>().Item.Value);
    }

    [Fact]
    public void Both_the_drop_folder_and_the_work_folder_must_be_there()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["drop/something"]);
        using var work = WorkFolder.Open(folder["work"], _clock, out _);
        Assert.Null(DropGuard.Away(folder["drop"], folder["work"]));
        Assert.StartsWith($"The work folder {folder["none"]} is not there", DropGuard.Away(folder["drop"], folder["none"]), StringComparison.Ordinal);
        Directory.Delete(folder["drop/something"]);
        Assert.StartsWith($"The drop folder {folder["drop"]} is not there, or is bare", DropGuard.Away(folder["drop"], folder["work"]), StringComparison.Ordinal);
    }

    private IActorRef Guard(Func<string?> away, TimeSpan patience) => Sys.ActorOf(Props.Create(() => new DropGuard(_ledger, away, patience, _clock)));

    private void AwaitGiven(IActorRef guard) => AwaitAssert(() =>
    {
        guard.Tell(new TakeReady(1), _dispatcher);
        _ledger.ExpectMsg<TakeReady>(TimeSpan.FromMilliseconds(100));
    });
}
