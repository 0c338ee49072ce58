using MhdNet.Training.Results;

namespace MhdNet.Training.Trainer;

/// <summary>Event: an epoch is trained, validated and kept.</summary>
/// <param name="Run">Name of the run.</param>
/// <param name="Epochs">How many epochs the phase shall have.</param>
/// <param name="Row">What <c>metrics.csv</c> says about it.</param>
/// <param name="Best">Whether it is the best so far.</param>
public sealed record EpochFinished(string Run, int Epochs, MetricsRow Row, bool Best)
{
    /// <summary>Whether the phase ends with it, before its last epoch.</summary>
    public bool Early { get; init; }
}
