namespace MhdNet.Training.Trainer;

/// <summary>Event: a run begins or goes on.</summary>
/// <param name="Run">Name of the run.</param>
/// <param name="Folder">Its folder.</param>
/// <param name="Resumed">Whether some of it was done before.</param>
public sealed record TrainingStarted(string Run, string Folder, bool Resumed);
