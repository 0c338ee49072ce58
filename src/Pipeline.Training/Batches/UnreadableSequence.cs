using MhdNet.Ingest.Items;

namespace MhdNet.Training.Batches;

/// <summary>A sequence that could not be read; the batch goes on without it.</summary>
/// <param name="Path">The array file, as in the cohort.</param>
/// <param name="Reason">Why, and what to do.</param>
public sealed record UnreadableSequence(string Path, Reason Reason);
