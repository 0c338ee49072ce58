using Akka.Actor;
using Akka.Streams.Dsl;
using MhdNet.Host.Dispatch;
using MhdNet.Ingest.Items;

namespace MhdNet.Host.Tests.Dispatch;

public class JobRunnerTests : ActorTest
{
    private static readonly Job TheJob = new(new ItemId("item"), ItemKind.Slide, "P1", ["/a.svs"], 1);

    [Fact]
    public void Tells_the_outcome_of_its_stream() =>
        Assert.Equal(new Outcome.Done(2), Run(Source.Single<Outcome>(new Outcome.Done(2)).ToMaterialized(Sink.First<Outcome>(), Keep.Right), TimeSpan.FromMinutes(1)));

    [Fact]
    public void A_stream_that_throws_is_a_failed_outcome_with_what_was_thrown()
    {
        var outcome = Run(Source.Failed<Outcome>(new InvalidOperationException("decoder says no")).ToMaterialized(Sink.First<Outcome>(), Keep.Right), TimeSpan.FromMinutes(1));
        Assert.Contains("decoder says no", Assert.IsType<Outcome.Failed>(outcome).Reason.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stream_that_hangs_is_ended_at_the_limit()
    {
        var outcome = Run(Source.Maybe<Outcome>().ToMaterialized(Sink.First<Outcome>(), Keep.Right), TimeSpan.Zero);
        Assert.Equal("time-limit", Assert.IsType<Outcome.Failed>(outcome).Reason.Code);
    }

    [Fact]
    public void A_graph_that_cannot_be_built_fails_the_job_alone()
    {
        var parent = CreateTestProbe();
        parent.ChildActorOf(Props.Create(() => new JobRunner(TheJob, null, (_, _) => Broken(), TimeSpan.FromMinutes(1), TimeProvider.System)));
        Assert.IsType<Outcome.Failed>(parent.ExpectMsg<JobRunner.Finished>().Outcome);
    }

    private static IRunnableGraph<Task<Outcome>> Broken() => throw new InvalidOperationException("no graph");

    private Outcome Run(IRunnableGraph<Task<Outcome>> graph, TimeSpan limit)
    {
        var parent = CreateTestProbe();
        var runner = parent.ChildActorOf(Props.Create(() => new JobRunner(TheJob, null, (_, _) => graph, limit, TimeProvider.System)));
        Watch(runner);
        var finished = parent.ExpectMsg<JobRunner.Finished>();
        ExpectTerminated(runner);
        return finished.Outcome;
    }
}
