namespace MhdNet.Training.Cohorts;

/// <summary>The samples of one batch, in order.</summary>
/// <param name="Epoch">From 0.</param>
/// <param name="Index">From 0 within the epoch.</param>
/// <param name="Samples">At least one.</param>
public sealed record PlannedBatch(int Epoch, int Index, IReadOnlyList<PlannedSample> Samples);
