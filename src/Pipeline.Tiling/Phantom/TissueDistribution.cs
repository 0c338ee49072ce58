namespace MhdNet.Tiling.Phantom;

/// <summary>
/// How the tissue of synthetic slides depends on the tumour type. The rows are in an order in which the first two, three, … differ as much as possible.
/// More than eight types go through the rows again with nuclei 1.35 times as large, accordingly fewer, and paler cytoplasm.
/// Between patients of a type, size, density and stains vary by several per cent.
/// </summary>
public static class TissueDistribution
{
    private static readonly TissuePattern[] Rows =
    [
        //                       µm   aspect  per mm²  lymph.  H     E     align nest  var.
        new("spindle cells",     15,  3.2,    3200,    0.04,   0.75, 0.55, 1.0,  0.0,  0.12),
        new("lymphocyte-rich",    8,  1.1,    9500,    0.85,   1.00, 0.22, 0.0,  0.0,  0.10),
        new("epithelioid",       20,  1.25,   1500,    0.06,   0.45, 0.38, 0.0,  0.0,  0.12),
        new("atypical",          24,  1.6,    1300,    0.04,   0.95, 0.90, 0.0,  0.6,  0.40),
        new("mixed",             12,  2.2,    4800,    0.45,   0.80, 0.40, 0.6,  0.0,  0.15),
        new("nested",            14,  1.3,    3400,    0.08,   0.65, 0.60, 0.0,  1.0,  0.12),
        new("small cells",       10,  1.5,    6500,    0.10,   0.85, 0.30, 0.3,  0.5,  0.12),
        new("mucinous",          12,  1.4,     900,    0.05,   0.60, 0.15, 0.0,  0.9,  0.15),
    ];

    /// <summary>The typical tissue of a type.</summary>
    /// <param name="typeIndex">From 0.</param>
    /// <param name="typeCount">How many types there are.</param>
    public static TissuePattern OfType(int typeIndex, int typeCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(typeIndex);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(typeIndex, typeCount);
        var row = Rows[typeIndex % Rows.Length];
        var round = typeIndex / Rows.Length;
        var growth = Math.Pow(1.35, round);
        return round == 0 ? row : row with
        {
            Name = $"{row.Name} {round + 1}",
            NucleusUm = row.NucleusUm * growth,
            DensityPerMm2 = row.DensityPerMm2 / (growth * growth),
            Eosin = row.Eosin * Math.Pow(0.75, round),
        };
    }

    /// <summary>The tissue of one patient of a type.</summary>
    /// <param name="typeIndex">From 0.</param>
    /// <param name="typeCount">How many types there are.</param>
    /// <param name="random">The patient's generator.</param>
    public static TissuePattern OfPatient(int typeIndex, int typeCount, Random random)
    {
        var typical = OfType(typeIndex, typeCount);
        double Vary(double share) => 1 + (share * ((2 * random.NextDouble()) - 1));
        return typical with
        {
            NucleusUm = typical.NucleusUm * Vary(0.08),
            Aspect = Math.Max(1, typical.Aspect * Vary(0.08)),
            DensityPerMm2 = typical.DensityPerMm2 * Vary(0.12),
            LymphocyteShare = typical.LymphocyteShare * Vary(0.15),
            Haematoxylin = typical.Haematoxylin * Vary(0.12),
            Eosin = typical.Eosin * Vary(0.15),
        };
    }
}
