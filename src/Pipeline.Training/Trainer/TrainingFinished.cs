using MhdNet.Training.Results;

namespace MhdNet.Training.Trainer;

/// <summary>Event: the run has ended, one way or another.</summary>
/// <param name="Run">Name of the run.</param>
/// <param name="Folder">Its folder, with <c>result.json</c> where it was completed.</param>
/// <param name="Outcome">How and why.</param>
public sealed record TrainingFinished(string Run, string Folder, RunOutcome Outcome);
