namespace MhdNet.Training.Trainer;

/// <summary>Answer: another run is being trained.</summary>
/// <param name="Run">Which.</param>
public sealed record TrainingBusy(string Run);
