using MhdNet.Training.Cohorts;

namespace MhdNet.Training.Batches;

/// <summary>One sample with its pixels, normalised.</summary>
/// <param name="Sample">What was planned.</param>
/// <param name="Ct">[T,H,W]; null where the CT sequence could not be read: the sample is left out.</param>
/// <param name="Wsi">[3,T,H,W]; null where none was planned or it could not be read: the sample takes part with its pathology absent.</param>
/// <param name="Unreadable">What could not be read.</param>
public sealed record SampleRead(PlannedSample Sample, float[]? Ct, float[]? Wsi, IReadOnlyList<UnreadableSequence> Unreadable);
