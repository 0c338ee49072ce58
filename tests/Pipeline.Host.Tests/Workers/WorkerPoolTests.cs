using Akka.Actor;
using Akka.TestKit;
using MhdNet.Host.Commands;
using MhdNet.Host.Dispatch;
using MhdNet.Host.Status;
using MhdNet.Host.Workers;
using MhdNet.Ingest.Ct;
using MhdNet.Tiling.Slides;

namespace MhdNet.Host.Tests.Workers;

public class WorkerPoolTests : ActorTest
{
    private readonly TestProbe _dispatcher;
    private readonly TestProbe _processes;
    private readonly TestProbe _states;
    private readonly TestProbe _kills;

    public WorkerPoolTests()
    {
        (_dispatcher, _processes, _states, _kills) = (CreateTestProbe(), CreateTestProbe(), CreateTestProbe(), CreateTestProbe());
        Sys.EventStream.Subscribe(_states, typeof(PartState));
        Sys.EventStream.Subscribe(_states, typeof(WorkersImpossible));
    }

    [Fact]
    public void Lets_in_whom_it_started_and_nobody_else()
    {
        var pool = Start(1);
        var orders = Next().Orders;
        var worker = CreateTestProbe();
        pool.Tell(RegisterOf(orders) with { Token = "guessed" }, worker);
        Assert.Equal("The host did not start this worker.", worker.ExpectMsg<Refused>().Sentence);
        pool.Tell(RegisterOf(orders) with { Worker = new WorkerId("1.99") }, worker);
        worker.ExpectMsg<Refused>();
        pool.Tell(RegisterOf(orders), worker);
        Assert.Equal(new Admitted(orders.Worker, worker, 1), _dispatcher.ExpectMsg<Admitted>());
    }

    [Fact]
    public void A_worker_of_another_version_is_told_so()
    {
        var pool = Start(1);
        var worker = CreateTestProbe();
        pool.Tell(RegisterOf(Next().Orders) with { Protocol = Register.Version + 1, Software = "mhdnet 9.9.9" }, worker);
        Assert.Contains($"mhdnet 9.9.9 and speaks version {Register.Version + 1}", worker.ExpectMsg<Refused>().Sentence, StringComparison.Ordinal);
        _dispatcher.ExpectNoMsg(TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public void A_worker_that_ended_is_told_of_and_has_a_successor_with_another_name_and_token()
    {
        var pool = Start(1);
        var first = Next();
        Admit(pool, first);
        first.End(139, "last words");
        var ending = _dispatcher.ExpectMsg<WorkerEnding>();
        Assert.Equal((first.Orders.Worker, EndCause.ByItself, 139), (ending.Worker, ending.Cause, ending.Process.ExitCode));
        var second = Next();
        Assert.NotEqual(first.Orders.Worker, second.Orders.Worker);
        Assert.NotEqual(first.Orders.Token, second.Orders.Token);
        var late = CreateTestProbe();
        pool.Tell(RegisterOf(first.Orders), late);
        late.ExpectMsg<Refused>();
    }

    [Fact]
    public void A_worker_that_must_go_is_killed_and_told_of_when_it_is_gone()
    {
        var pool = Start(1);
        var process = Next();
        Admit(pool, process);
        pool.Tell(new EndWorker(process.Orders.Worker, EndCause.Overdue));
        Assert.Same(process, _kills.ExpectMsg<PuppetProcess>());
        _dispatcher.ExpectNoMsg(TimeSpan.FromMilliseconds(100));
        process.End(137);
        Assert.Equal(EndCause.Overdue, _dispatcher.ExpectMsg<WorkerEnding>().Cause);
    }

    [Fact]
    public void Processes_that_end_before_they_are_ready_degrade_the_host_until_one_is()
    {
        var pool = Start(1);
        for (var i = 0; i < RestartRules.Persistent; i++)
        {
            Next().End(1, "no luck");
        }

        var state = _states.ExpectMsg<PartState>();
        Assert.Equal("workers", state.Part);
        Assert.Contains("4 in a row, the last with exit code 1): no luck", state.Problem, StringComparison.Ordinal);
        Admit(pool, Next());
        Assert.Equal(new PartState("workers", null), _states.FishForMessage<PartState>(each => each.Problem is null));
    }

    [Fact]
    public void A_machine_that_lacks_something_is_told_of_at_once()
    {
        Start(1);
        Next().End(ExitCode.Environment, "OpenSlide is missing");
        Assert.Equal("OpenSlide is missing", _states.ExpectMsg<WorkersImpossible>().Sentence);
    }

    [Fact]
    public void Ending_asks_every_worker_to_end_and_is_done_when_the_last_is_gone()
    {
        var pool = Start(2);
        var (one, two) = (Next(), Next());
        var worker = Admit(pool, one);
        pool.Tell(new EndFleet(), _dispatcher);
        worker.ExpectMsg<EndWork>();
        Assert.Same(two, _kills.ExpectMsg<PuppetProcess>()); // it had not registered
        two.End(137);
        Assert.Equal(EndCause.Stopped, _dispatcher.ExpectMsg<WorkerEnding>().Cause);
        _dispatcher.ExpectNoMsg(TimeSpan.FromMilliseconds(100));
        one.End(0);
        Assert.Equal(EndCause.Stopped, _dispatcher.ExpectMsg<WorkerEnding>().Cause);
        _dispatcher.ExpectMsg<FleetEnded>();
        _processes.ExpectNoMsg(TimeSpan.FromMilliseconds(200)); // and nobody takes their places
    }

    [Fact]
    public void A_worker_that_does_not_end_in_time_is_killed()
    {
        var pool = Start(1);
        var process = Next();
        Admit(pool, process);
        pool.Tell(new EndFleet(), _dispatcher);
        Assert.Same(process, _kills.ExpectMsg<PuppetProcess>());
        process.End(137);
        _dispatcher.ExpectMsg<WorkerEnding>();
        _dispatcher.ExpectMsg<FleetEnded>();
    }

    [Theory]
    [InlineData(0, 100)]
    [InlineData(1, 100)]
    [InlineData(2, 200)]
    [InlineData(3, 400)]
    [InlineData(4, 800)]
    [InlineData(12, 30_000)]
    [InlineData(1_000_000, 30_000)]
    public void Pauses_grow(int stillborn, int milliseconds) => Assert.Equal(milliseconds, RestartRules.Pause(stillborn).TotalMilliseconds);

    private IActorRef Start(int workers)
    {
        var settings = new WorkerPoolSettings
        {
            Workers = workers,
            Start = orders =>
            {
                var process = new PuppetProcess(orders, _kills.Ref);
                _processes.Ref.Tell(process);
                return process;
            },
            Orders = (worker, token, dispatcher) => new WorkerOrders("akka://host", dispatcher, worker, token, "", "/work", 1, 0, new CtSettings(), new SlideSettings()),
            Forget = _ => { },
            EndPatience = TimeSpan.FromMilliseconds(200),
        };
        return _dispatcher.ChildActorOf(Props.Create(() => new WorkerPool(settings)));
    }

    private PuppetProcess Next() => _processes.ExpectMsg<PuppetProcess>();

    private TestProbe Admit(IActorRef pool, PuppetProcess process)
    {
        var worker = CreateTestProbe();
        pool.Tell(RegisterOf(process.Orders), worker);
        _dispatcher.FishForMessage<Admitted>(_ => true);
        return worker;
    }

    private static Register RegisterOf(WorkerOrders orders) => new(Register.Version, Ingest.Sequences.Software.Name, orders.Worker, orders.Token, 1);

    /// <summary>A process that ends when the test says.</summary>
    private sealed class PuppetProcess(WorkerOrders orders, IActorRef kills) : IWorkerProcess
    {
        private readonly TaskCompletionSource<ProcessEnd> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public WorkerOrders Orders { get; } = orders;

        public int ProcessId => 1;

        public Task<ProcessEnd> Ended => _end.Task;

        public void Kill() => kills.Tell(this);

        public void End(int exitCode, params string[] lastLines) => _end.SetResult(new ProcessEnd(exitCode, lastLines));
    }
}
