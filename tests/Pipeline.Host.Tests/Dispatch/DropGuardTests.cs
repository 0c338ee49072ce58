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
    private volatile bool _isThere = true;

    public DropGuardTests()
    {
        (_ledger, _dispatcher, _states) = (CreateTestProbe(), CreateTestProbe(), CreateTestProbe());
        Sys.EventStream.Subscribe(_states, typeof(PartState));
        _guard = Sys.ActorOf(Props.Create(() => new DropGuard(_ledger, "/drop", _ => _isThere)));
    }

    [Fact]
    public void With_the_folder_there_everything_goes_to_the_ledger_as_it_is_and_answers_come_back()
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
    public void What_fails_or_ends_its_worker_while_the_folder_is_away_goes_back_and_what_was_done_is_done()
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
        Assert.StartsWith("The drop folder /drop is not there", _states.ExpectMsg<PartState>().Problem, StringComparison.Ordinal);
        _guard.Tell(new TakeReady(1), _dispatcher);
        Assert.Empty(_dispatcher.ExpectMsg<Jobs>().Items);
        _ledger.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        _isThere = true;
        AwaitAssert(() =>
        {
            _guard.Tell(new TakeReady(1), _dispatcher);
            _ledger.ExpectMsg<TakeReady>(TimeSpan.FromMilliseconds(50));
        });
        Assert.Null(_states.ExpectMsg<PartState>().Problem);
    }

    [Fact]
    public void A_folder_that_does_not_answer_holds_up_what_failed_and_nothing_else()
    {
        using var answer = new ManualResetEventSlim();
        var guard = Sys.ActorOf(Props.Create(() => new DropGuard(_ledger, "/drop", _ => Answer(answer))));
        guard.Tell(Failed, _dispatcher);
        guard.Tell(new TakeReady(1), _dispatcher);
        _ledger.ExpectMsg<TakeReady>();
        answer.Set();
        _ledger.ExpectMsg<JobFinished>();
    }

    private static bool Answer(ManualResetEventSlim answer)
    {
        answer.Wait();
        return true;
    }
}
