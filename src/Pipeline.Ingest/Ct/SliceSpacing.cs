namespace MhdNet.Ingest.Ct;

/// <summary>
/// Distances between neighbouring slices, in mm, and the gaps among them. A gap is a distance of more than one and a half times the median of the seven around it,
/// so that a protocol with thin slices here and thick ones there has none.
/// </summary>
/// <param name="Median">Of all distances; 0 for a single slice.</param>
/// <param name="Smallest">0 for a single slice.</param>
/// <param name="Largest">0 for a single slice.</param>
/// <param name="Gaps">How many gaps.</param>
/// <param name="Missing">Slices that would fill the gaps.</param>
public sealed record SliceSpacing(double Median, double Smallest, double Largest, int Gaps, int Missing)
{
    private const double GapFactor = 1.5;
    private const int Neighbours = 3;

    /// <summary>From positions in descending or ascending order.</summary>
    public static SliceSpacing Of(IReadOnlyList<double> positions)
    {
        if (positions.Count < 2)
        {
            return new SliceSpacing(0, 0, 0, 0, 0);
        }

        double[] distances = [.. positions.Zip(positions.Skip(1), (a, b) => Math.Abs(a - b))];
        var (gaps, missing) = (0, 0.0);
        for (var i = 0; i < distances.Length; i++)
        {
            var usual = MedianOf(distances[Math.Max(0, i - Neighbours)..Math.Min(distances.Length, i + Neighbours + 1)]);
            if (distances[i] > GapFactor * usual)
            {
                gaps++;
                missing += Math.Max(1, Math.Round(distances[i] / usual) - 1);
            }
        }

        return new SliceSpacing(MedianOf(distances), distances.Min(), distances.Max(), gaps, (int)Math.Min(missing, int.MaxValue));
    }

    private static double MedianOf(double[] values) => values.Order().ElementAt((values.Length - 1) / 2);
}
