namespace MhdNet.Training.Trainer;

/// <summary>Event: a batch whose loss was not finite; its step was not applied.</summary>
/// <param name="Run">Name of the run.</param>
/// <param name="Phase">The phase.</param>
/// <param name="Epoch">From 1.</param>
/// <param name="Batch">From 1.</param>
/// <param name="Losses">All losses of the batch.</param>
/// <param name="Sequences">The CT sequences of the batch.</param>
public sealed record NonFiniteLoss(string Run, string Phase, int Epoch, int Batch, IReadOnlyDictionary<string, double> Losses, IReadOnlyList<string> Sequences);
