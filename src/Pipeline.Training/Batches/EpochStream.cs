using Akka;
using Akka.Streams;
using Akka.Streams.Dsl;
using MhdNet.Training.Cohorts;
using MhdNet.Training.Options;

namespace MhdNet.Training.Batches;

/// <summary>
/// From the plan of an epoch to its batches, in order: samples are read a few at a time, put together, and held ready. Nothing is read further ahead than
/// <c>prefetch</c> batches beyond the one that the consumer has asked for.
/// </summary>
public static class EpochStream
{
    /// <summary>The stream of one pass.</summary>
    /// <param name="plan">The planned batches.</param>
    /// <param name="reader">Reads the samples.</param>
    /// <param name="options">Frames, size and batch.</param>
    /// <param name="prefetch">Batches read ahead, at least 2: one in the consumer's hands, one being read, the rest waiting whole.</param>
    /// <param name="readers">Samples read at the same time.</param>
    public static Source<ReadBatch, NotUsed> Of(IReadOnlyList<PlannedBatch> plan, ISequenceReader reader, MhdOptions options, int prefetch, int readers) =>
        Samples(plan).Via(Read(reader, Math.Min(readers, options.Batch))).Via(Assemble(options)).Via(HoldReady(prefetch - 2));

    private static Source<(PlannedBatch Batch, PlannedSample Sample), NotUsed> Samples(IReadOnlyList<PlannedBatch> plan) =>
        Source.From(plan).SelectMany(batch => batch.Samples.Select(sample => (batch, sample)));

    private static Flow<(PlannedBatch Batch, PlannedSample Sample), (PlannedBatch Batch, SampleRead Read), NotUsed> Read(ISequenceReader reader, int readers) =>
        Flow.Create<(PlannedBatch Batch, PlannedSample Sample)>().SelectAsync(readers, planned => Task.Run(() => (planned.Batch, reader.Read(planned.Sample))));

    private static Flow<(PlannedBatch Batch, SampleRead Read), ReadBatch, NotUsed> Assemble(MhdOptions options) =>
        Flow.Create<(PlannedBatch Batch, SampleRead Read)>().StatefulSelectMany<(PlannedBatch Batch, SampleRead Read), (PlannedBatch Batch, SampleRead Read), ReadBatch, NotUsed>(() =>
        {
            var held = new List<SampleRead>();
            return next =>
            {
                held.Add(next.Read);
                if (held.Count < next.Batch.Samples.Count)
                {
                    return [];
                }

                var batch = BatchAssembly.Of(next.Batch, held, options);
                held.Clear();
                return [batch];
            };
        });

    private static Flow<ReadBatch, ReadBatch, NotUsed> HoldReady(int batches) =>
        batches > 0 ? Flow.Create<ReadBatch>().Buffer(batches, OverflowStrategy.Backpressure) : Flow.Create<ReadBatch>();
}
