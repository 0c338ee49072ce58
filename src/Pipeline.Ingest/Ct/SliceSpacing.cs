namespace MhdNet.Ingest.Ct;

/// <summary>Distances between neighbouring slices, in mm, and the gaps among them. A gap is a distance of more than one and a half times the median.</summary>
/// <param name="Median">0 for a single slice.</param>
/// <param name="Smallest">0 for a single slice.</param>
/// <param name="Largest">0 for a single slice.</param>
/// <param name="Gaps">How many gaps.</param>
/// <param name="Missing">Slices that would fill the gaps at the median distance.</param>
public sealed record SliceSpacing(double Median, double Smallest, double Largest, int Gaps, int Missing)
{
    private const double GapFactor = 1.5;

    /// <summary>From positions in descending or ascending order.</summary>
    public static SliceSpacing Of(IReadOnlyList<double> positions)
    {
        if (positions.Count < 2)
        {
            return new SliceSpacing(0, 0, 0, 0, 0);
        }

        double[] distances = [.. positions.Zip(positions.Skip(1), (a, b) => Math.Abs(a - b)).Order()];
        var median = distances[distances.Length / 2];
        double[] gaps = [.. distances.Where(d => d > GapFactor * median)];
        var missing = median > 0 ? gaps.Sum(d => Math.Round(d / median) - 1) : 0;
        return new SliceSpacing(median, distances[0], distances[^1], gaps.Length, (int)Math.Min(missing, int.MaxValue));
    }
}
