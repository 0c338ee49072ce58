namespace MhdNet.Training.Metrics;

/// <summary>Receiver operating characteristic of one type against the rest.</summary>
/// <param name="FalsePositiveRate">Ascending from 0 to 1.</param>
/// <param name="TruePositiveRate">Of the same length.</param>
/// <param name="Area">Area under the curve.</param>
public sealed record RocCurve(double[] FalsePositiveRate, double[] TruePositiveRate, double Area)
{
    /// <summary>The curve by descending score; equal scores make one slanted step, so the area counts a tied pair as half.</summary>
    /// <returns>Null where one of the two sides is empty.</returns>
    public static RocCurve? Of(IReadOnlyList<(bool Positive, double Score)> scored)
    {
        var (positives, negatives) = (scored.Count(one => one.Positive), scored.Count(one => !one.Positive));
        if (positives == 0 || negatives == 0)
        {
            return null;
        }

        var (x, y, area) = (new List<double> { 0 }, new List<double> { 0 }, 0.0);
        var (truePositives, falsePositives) = (0, 0);
        foreach (var step in scored.GroupBy(one => one.Score).OrderByDescending(step => step.Key))
        {
            truePositives += step.Count(one => one.Positive);
            falsePositives += step.Count(one => !one.Positive);
            var (nextX, nextY) = ((double)falsePositives / negatives, (double)truePositives / positives);
            area += (nextX - x[^1]) * (nextY + y[^1]) / 2;
            x.Add(nextX);
            y.Add(nextY);
        }

        return new RocCurve([.. x], [.. y], area);
    }

    /// <summary>The curve of type k among judged ones; those without probabilities are left out.</summary>
    public static RocCurve? Of(IReadOnlyList<Judged> judged, int k) =>
        Of([.. judged.Where(one => one.Types is not null).Select(one => (one.Label == k, one.Types![k]))]);
}
