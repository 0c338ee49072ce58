namespace MhdNet.Ingest.Ct;

/// <summary>Where the frames of a regular stack lie in the stack that was scanned.</summary>
public static class StackGrid
{
    /// <summary>A frame this close to a slice, in slices, is that slice.</summary>
    private const double Snap = 0.02;

    /// <summary>
    /// The slices themselves; with gaps filled between their ends where missing slices are to be interpolated; or frames at the median distance where uneven
    /// stacks are to be.
    /// </summary>
    /// <returns>Fractional indices in the stack, ascending.</returns>
    public static IReadOnlyList<double> Of(SliceStack stack, CtSettings settings)
    {
        double[] z = [.. stack.Slices.Select(slice => slice.ZMm)];
        return stack.Spacing.Uneven > 0 && settings.Uneven == GeometryPolicy.Resample ? Uniform(z, stack.Spacing.Median)
            : stack.Spacing.Gaps > 0 && settings.Missing == GeometryPolicy.Resample ? Filled(z, stack.Spacing.Breaks)
            : [.. Enumerable.Range(0, z.Length).Select(i => (double)i)];
    }

    private static List<double> Filled(double[] z, IReadOnlyList<StackBreak> breaks)
    {
        var missing = breaks.Where(gap => gap.Missing > 0).ToDictionary(gap => gap.AboveMm, gap => gap.Missing);
        List<double> places = [];
        for (var i = 0; i < z.Length; i++)
        {
            places.Add(i);
            if (missing.TryGetValue(Math.Round(z[i], 4), out var lost))
            {
                places.AddRange(Enumerable.Range(1, lost).Select(k => i + (k / (lost + 1.0))));
            }
        }

        return places;
    }

    private static List<double> Uniform(double[] z, double distance)
    {
        List<double> places = [];
        var i = 0;
        for (var frame = 0; z[0] - (frame * distance) >= z[^1] - (Snap * distance); frame++)
        {
            var at = z[0] - (frame * distance);
            while (i + 2 < z.Length && z[i + 1] >= at)
            {
                i++;
            }

            var place = Math.Min(i + ((z[i] - at) / (z[i] - z[i + 1])), z.Length - 1);
            places.Add(Math.Abs(place - Math.Round(place)) < Snap ? Math.Round(place) : place);
        }

        return places;
    }
}
