namespace MhdNet.Training.Metrics;

/// <summary>Cohen's kappa with quadratic weights (QWK).</summary>
public static class Kappa
{
    /// <summary>1 - sum(w O) / sum(w E), w = (i-j)^2 / (K-1)^2, E from the two histograms; the prediction is the largest of the K type probabilities.</summary>
    /// <returns>Null where it is not defined: nothing judged, or one and the same type throughout on both sides.</returns>
    public static double? Quadratic(IReadOnlyList<Judged> judged, int types)
    {
        (int Label, int Predicted)[] pairs = [.. judged.Where(one => one.Types is not null).Select(one => (one.Label, Softmax.Largest(one.Types!)))];
        var (labels, predictions) = (new double[types], new double[types]);
        var observed = 0.0;
        foreach (var (label, predicted) in pairs)
        {
            labels[label]++;
            predictions[predicted]++;
            observed += Squared(label - predicted);
        }

        var expected = 0.0;
        for (var i = 0; i < types; i++)
        {
            for (var j = 0; j < types; j++)
            {
                expected += Squared(i - j) * labels[i] * predictions[j];
            }
        }

        // The (K-1)^2 of the weights cancels; so does one of the two divisions by the count.
        return expected > 0 ? 1 - (observed * pairs.Length / expected) : null;
    }

    private static double Squared(int distance) => (double)distance * distance;
}
