using MhdNet.Training.Cohorts;
using MhdNet.Training.Metrics;

namespace MhdNet.Training.Trainer;

/// <summary>Predictions of a batch, joined with what was looked at.</summary>
public static class Predictions
{
    /// <summary>Looks at a batch.</summary>
    /// <exception cref="InvalidOperationException">The network gave something that is no probability; names the sequence.</exception>
    public static IReadOnlyList<SequencePrediction> Of(ITrainingPhase phase, Batch batch, IReadOnlyList<PlannedSample> samples)
    {
        var outputs = phase.Predict(batch);
        return [.. samples.Zip(outputs, (sample, output) => output.All(double.IsFinite)
            ? new SequencePrediction(sample.Ct.Patient, sample.Ct.Name, sample.Ct.Label, output)
            : throw new InvalidOperationException($"the {phase.Name} gave a probability that is not a number for {sample.Ct.Name}"))];
    }
}
