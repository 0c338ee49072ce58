using MhdNet.Training.Cohorts;
using MhdNet.Training.Trainer;

namespace MhdNet.Training.Batches;

/// <summary>What became of a planned batch.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Batch">The pixels; null where no CT sequence of it could be read.</param>
/// <param name="Samples">The samples of <paramref name="Batch"/>, in its order.</param>
/// <param name="Unreadable">What could not be read.</param>
public sealed record ReadBatch(PlannedBatch Plan, Batch? Batch, IReadOnlyList<PlannedSample> Samples, IReadOnlyList<UnreadableSequence> Unreadable);
