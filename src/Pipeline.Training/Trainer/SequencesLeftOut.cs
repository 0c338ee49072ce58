using MhdNet.Training.Batches;

namespace MhdNet.Training.Trainer;

/// <summary>Event: files of a batch could not be read; it went on without them.</summary>
/// <param name="Run">Name of the run.</param>
/// <param name="Phase">The phase.</param>
/// <param name="Epoch">From 1.</param>
/// <param name="Unreadable">The files, and why.</param>
/// <param name="BatchSkipped">Whether nothing was left of the batch.</param>
public sealed record SequencesLeftOut(string Run, string Phase, int Epoch, IReadOnlyList<UnreadableSequence> Unreadable, bool BatchSkipped);
