using MhdNet.Training.Results;

namespace MhdNet.Training.Trainer;

/// <summary>Message to <see cref="TrainerOwner"/>: train this run, from its beginning or from where it stopped. Answered with <see cref="TrainingStarted"/>, or <see cref="TrainingBusy"/>.</summary>
/// <param name="Run">The run.</param>
public sealed record StartTraining(RunFolder Run)
{
    /// <summary>The phase after which the run stops, to be gone on with later; null: it goes through.</summary>
    public string? LastPhase { get; init; }
}
