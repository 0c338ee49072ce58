using Akka.Actor;
using Akka.Streams;
using Akka.Streams.Dsl;
using MhdNet.Training.Batches;

namespace MhdNet.Training.Trainer;

/// <summary>Holds the stream of one pass over the data; stopping it stops the reading. The trainer, its parent, gets one batch at a time.</summary>
internal sealed class EpochInstance(int stream, Source<ReadBatch, Akka.NotUsed> batches) : UntypedActor
{
    /// <summary>An instance for one stream.</summary>
    public static Props Props(int stream, Source<ReadBatch, Akka.NotUsed> batches) => Akka.Actor.Props.Create(() => new EpochInstance(stream, batches));

    protected override void PreStart() =>
        batches.Select(batch => new EpochMessages.Next(stream, batch)).To(ToTrainer(Context.Parent)).Run(Context.Materializer());

    protected override void OnReceive(object message) => Unhandled(message);

    private Sink<EpochMessages.Next, Akka.NotUsed> ToTrainer(IActorRef trainer) => Sink
        .ActorRefWithAck<EpochMessages.Next>(
            trainer, new EpochMessages.Ready(stream), EpochMessages.Taken.It, new EpochMessages.Done(stream), error => new EpochMessages.Failed(stream, error))
        .AddAttributes(Attributes.CreateInputBuffer(1, 1));
}
