namespace MhdNet.Ingest.Phantom;

/// <summary>The synthetic tumour types: for any number of them, each has its own place in the range of every parameter.</summary>
public static class CtDistribution
{
    /// <summary>The distribution of one type.</summary>
    /// <param name="type">From 0.</param>
    /// <param name="types">How many types there are.</param>
    public static LesionDistribution Of(int type, int types)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(type);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(type, types);
        double Between(int parameter, double low, double high) => Math.Round(low + ((high - low) * Place(type, types, parameter)), 3);
        return new LesionDistribution(
            DiameterMm: Between(0, 32, 58),
            Elongation: Between(1, 1.05, 1.45),
            Lobulation: Between(2, 0.02, 0.24),
            DensityHu: Between(3, 25, 65),
            TextureHu: Between(4, 6, 30),
            TextureMm: Between(5, 3, 8),
            CalcificationShare: Between(6, 0.05, 0.6),
            NecrosisShare: Between(7, 0.05, 0.6));
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
