namespace MhdNet.Training.Ablation;

/// <summary>A value over several seeds.</summary>
/// <param name="Mean">Their mean.</param>
/// <param name="Deviation">Their standard deviation (n-1); null for a single one.</param>
/// <param name="Count">How many.</param>
public sealed record Spread(double Mean, double? Deviation, int Count)
{
    /// <summary>Of the values that are defined; null where none is.</summary>
    public static Spread? Of(IEnumerable<double?> values)
    {
        double[] defined = [.. values.OfType<double>()];
        if (defined.Length == 0)
        {
            return null;
        }

        var mean = defined.Average();
        return new Spread(mean, defined.Length > 1 ? Math.Sqrt(defined.Sum(value => (value - mean) * (value - mean)) / (defined.Length - 1)) : null, defined.Length);
    }
}
