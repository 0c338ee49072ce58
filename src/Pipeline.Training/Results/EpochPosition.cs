using MhdNet.Training.Trainer;

namespace MhdNet.Training.Results;

/// <summary>Where in an epoch a checkpoint was written; with it the rest of the epoch is trained, and its means formed, as if nothing had happened.</summary>
/// <param name="Batches">Batches of the epoch that are through.</param>
/// <param name="Seconds">How long they took.</param>
/// <param name="Tally">What they gathered.</param>
public sealed record EpochPosition(int Batches, double Seconds, PassTally Tally);
