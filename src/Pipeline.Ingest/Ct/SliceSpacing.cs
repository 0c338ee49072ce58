namespace MhdNet.Ingest.Ct;

/// <summary>
/// Distances between neighbouring slices, in mm, and gaps among them. A gap is a distance of more than one and a half times the median of the seven around it,
/// so that a protocol with thin slices here and thick ones there has none: that one is uneven.
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

    /// <summary>Distances that differ by more than this share of the median are uneven; positions are written with rounding.</summary>
    private const double Tolerance = 0.1;

    /// <summary>Distances that are no gaps and differ from the median by more than a tenth.</summary>
    public int Uneven { get; init; }

    /// <summary>The gaps, and where the distance becomes another one, from head to feet.</summary>
    public IReadOnlyList<StackBreak> Breaks { get; init; } = [];

    /// <summary>From positions in descending or ascending order.</summary>
    public static SliceSpacing Of(IReadOnlyList<double> positions)
    {
        if (positions.Count < 2)
        {
            return new SliceSpacing(0, 0, 0, 0, 0);
        }

        double[] distances = [.. positions.Zip(positions.Skip(1), (a, b) => Math.Abs(a - b))];
        var median = MedianOf(distances);
        List<StackBreak> breaks = [];
        var (gaps, missing, uneven, before) = (0, 0.0, 0, distances[0]);
        for (var i = 0; i < distances.Length; i++)
        {
            var usual = MedianOf(distances[Math.Max(0, i - Neighbours)..Math.Min(distances.Length, i + Neighbours + 1)]);
            if (distances[i] > GapFactor * usual)
            {
                var lost = Math.Max(1, Math.Round(distances[i] / usual) - 1);
                (gaps, missing) = (gaps + 1, missing + lost);
                breaks.Add(Break(i, (int)Math.Min(lost, int.MaxValue)));
                continue;
            }

            uneven += IsOther(distances[i], median) ? 1 : 0;
            if (IsOther(distances[i], before))
            {
                breaks.Add(Break(i, missing: 0));
                before = distances[i];
            }
        }

        return new SliceSpacing(median, distances.Min(), distances.Max(), gaps, (int)Math.Min(missing, int.MaxValue)) { Uneven = uneven, Breaks = breaks.Count > 0 ? breaks : [] };

        StackBreak Break(int i, int missing) => new(Math.Round(positions[i], 4), Math.Round(positions[i + 1], 4), missing);
    }

    private static bool IsOther(double distance, double usual) => Math.Abs(distance - usual) > Tolerance * usual;

    private static double MedianOf(double[] values) => values.Order().ElementAt((values.Length - 1) / 2);
}
