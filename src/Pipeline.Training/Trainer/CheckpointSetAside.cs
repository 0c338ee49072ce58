namespace MhdNet.Training.Trainer;

/// <summary>Event: the last checkpoint of a phase could not be read; training goes on from the best one, or from the beginning where there is none, to the same end.</summary>
/// <param name="Run">Name of the run.</param>
/// <param name="Phase">The phase.</param>
/// <param name="Damage">What is wrong with it; names the file.</param>
/// <param name="Folder">Where it was put.</param>
/// <param name="FromBest">Whether there is a best one.</param>
public sealed record CheckpointSetAside(string Run, string Phase, string Damage, string Folder, bool FromBest);
