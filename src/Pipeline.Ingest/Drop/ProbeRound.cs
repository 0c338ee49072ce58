using Akka.Actor;
using Akka.Streams;
using Akka.Streams.Dsl;

namespace MhdNet.Ingest.Drop;

/// <summary>Holds the stream of one round of probes: with this actor it stops. Tells its parent <see cref="Finished"/>.</summary>
internal sealed class ProbeRound : ReceiveActor
{
    /// <summary>Begins at once.</summary>
    /// <param name="probes">The stream.</param>
    public ProbeRound(Source<ProbedFile, Akka.NotUsed> probes)
    {
        probes.RunWith(Sink.Seq<ProbedFile>(), Context.Materializer()).PipeTo(Self, success: answers => new Finished(answers));
        Receive<Finished>(finished =>
        {
            Context.Parent.Tell(finished);
            Context.Stop(Self);
        });
        Receive<Status.Failure>(failure => throw new InvalidOperationException("the round of probes broke off", failure.Cause));
    }

    /// <summary>All answers, in no particular order; bounded by the size of a round.</summary>
    public sealed record Finished(IReadOnlyCollection<ProbedFile> Answers);
}
