using MhdNet.Training.Cohorts;
using MhdNet.Training.Metrics;

namespace MhdNet.Training.Trainer;

/// <summary>Predictions of a batch, joined with what was looked at.</summary>
public static class Predictions
{
    /// <summary>Looks at a batch.</summary>
    /// <returns>The predictions, and the sequences for which the network gave something that is no probability.</returns>
    public static (IReadOnlyList<SequencePrediction> Predictions, IReadOnlyList<string> NotFinite) Of(IPredictor network, Batch batch, IReadOnlyList<PlannedSample> samples)
    {
        var all = samples.Zip(network.Predict(batch), (sample, output) => new SequencePrediction(sample.Ct.Patient, sample.Ct.Name, sample.Ct.Label, output)).ToList();
        return ([.. all.Where(IsFinite)], [.. all.Where(one => !IsFinite(one)).Select(one => one.Sequence)]);
    }

    private static bool IsFinite(SequencePrediction prediction) => prediction.Probabilities.All(double.IsFinite);
}
