namespace MhdNet.Training.Metrics;

/// <summary>What decides which epoch is best.</summary>
/// <param name="MAcc">Accuracy over validation sequences with tumour, argmax over K+1; null where there are none.</param>
/// <param name="Loss">Mean of -log of the true class's probability over all validation sequences; null where there are none.</param>
public sealed record ValidationScore(double? MAcc, double? Loss)
{
    /// <summary>Scores validation sequences.</summary>
    public static ValidationScore Of(IReadOnlyList<SequencePrediction> predictions, int types)
    {
        SequencePrediction[] tumours = [.. predictions.Where(one => one.Label < types)];
        return new ValidationScore(
            tumours.Length > 0 ? tumours.Average(one => one.Predicted == one.Label ? 1.0 : 0.0) : null,
            predictions.Count > 0 ? predictions.Average(one => -Math.Log(Math.Max(one.Probabilities[one.Label], 1e-12))) : null);
    }
}
