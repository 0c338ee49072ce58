namespace MhdNet.Ingest.Phantom;

/// <summary>The synthetic tumour types: for any number of them, each has its own place in the range of every parameter.</summary>
public static class CtDistribution
{
    /// <summary>The largest contrast; further apart the bounds of what a body holds would make types alike again.</summary>
    public const double LargestContrast = 4;

    /// <summary>The distribution of one type.</summary>
    /// <param name="type">From 0.</param>
    /// <param name="types">How many types there are.</param>
    /// <param name="contrast">Times the distance of the types' means from the middle of each range, up to <see cref="LargestContrast"/>; 0 makes all types alike.</param>
    public static LesionDistribution Of(int type, int types, double contrast = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(type);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(type, types);
        if (contrast is not (>= 0 and <= LargestContrast))
        {
            throw new ArgumentOutOfRangeException(nameof(contrast), contrast, $"must be 0 to {LargestContrast}");
        }

        double Between(int parameter, double low, double high, double least, double most) =>
            Math.Round(Math.Clamp(((low + high) / 2) + ((high - low) * contrast * (Place(type, types, parameter) - 0.5)), least, most), 3);
        return new LesionDistribution(
            DiameterMm: Between(0, 32, 58, 20, 90),
            Elongation: Between(1, 1.05, 1.45, 1, 2),
            Lobulation: Between(2, 0.02, 0.24, 0, 0.4),
            DensityHu: Between(3, 25, 65, -10, 120),
            TextureHu: Between(4, 6, 30, 2, 60),
            TextureMm: Between(5, 3, 8, 2, 12),
            CalcificationShare: Between(6, 0.05, 0.6, 0, 1),
            NecrosisShare: Between(7, 0.05, 0.6, 0, 1));
    }

    /// <summary>All types in order: a table for people.</summary>
    public static IReadOnlyList<LesionDistribution> All(int types) => [.. Enumerable.Range(0, types).Select(t => Of(t, types))];

    /// <summary>The types' places in (0, 1) are evenly spread in each parameter, in another order in each: i -> (a*i + b) mod n with a coprime to n is such an order.</summary>
    private static double Place(int type, int types, int parameter)
    {
        var factor = 1 + parameter;
        while (GreatestCommonDivisor(factor, types) != 1)
        {
            factor++;
        }

        return ((((long)factor * type) + (parameter / 2)) % types + 0.5) / types;
    }

    private static int GreatestCommonDivisor(int a, int b) => b == 0 ? a : GreatestCommonDivisor(b, a % b);
}
