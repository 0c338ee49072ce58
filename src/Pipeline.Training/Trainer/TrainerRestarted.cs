namespace MhdNet.Training.Trainer;

/// <summary>Event: the trainer threw; it goes on from the last checkpoint after a pause.</summary>
/// <param name="Run">Name of the run.</param>
/// <param name="Times">How often since the last finished epoch.</param>
/// <param name="Error">What it threw.</param>
/// <param name="Pause">How long until it goes on.</param>
public sealed record TrainerRestarted(string Run, int Times, string Error, TimeSpan Pause);
