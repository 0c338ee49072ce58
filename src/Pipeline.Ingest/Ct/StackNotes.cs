namespace MhdNet.Ingest.Ct;

/// <summary>What people should know of a stack that was taken although it is not regular.</summary>
internal static class StackNotes
{
    /// <summary>Smaller angles are rounding, or a patient who lies a little askew.</summary>
    public const double NoticeableDegrees = 1;

    private const int MostPlaces = 4;

    /// <param name="stack">The stack.</param>
    /// <param name="grid">How many frames were made of it.</param>
    /// <param name="sheared">Whether its frames were shifted to right angles.</param>
    /// <param name="resampledFrom">How many were kept, where they were too few and interpolated to a whole sequence.</param>
    /// <param name="settings">The policies.</param>
    public static IEnumerable<string> Of(SliceStack stack, int grid, bool sheared, int? resampledFrom, CtSettings settings)
    {
        var (spacing, tilt, shear) = (stack.Spacing, stack.Slices[0].Header.Orientation!.Value.TiltDegrees, StackShear.Of(stack.Slices));
        if (stack.Duplicates > 0)
        {
            yield return $"{stack.Duplicates} images left out: the same image or position as another";
        }

        if (spacing.Gaps > 0)
        {
            yield return $"{Gaps(spacing)}{(grid > stack.Slices.Count && settings.Missing == GeometryPolicy.Resample ? "; they are interpolated" : "")}";
        }

        if (spacing.Uneven > 0)
        {
            yield return Unevenness(spacing) + (settings.Uneven == GeometryPolicy.Resample ? FormattableString.Invariant($"; resampled to {grid} frames every {spacing.Median:0.##} mm") : "");
        }

        if (tilt > NoticeableDegrees || shear.Degrees > NoticeableDegrees)
        {
            yield return Tilt(tilt, shear, spacing) + (sheared ? "; frames are shifted to right angles" : "; frames are the slices as scanned");
        }

        if (resampledFrom is { } few)
        {
            yield return $"{few} kept slices resampled along z to {settings.Frames} frames";
        }
    }

    /// <summary>How many are missing, and where.</summary>
    public static string Gaps(SliceSpacing spacing) => FormattableString.Invariant(
        $"about {spacing.Missing} slices missing in {spacing.Gaps} gaps of up to {spacing.Largest:0.##} mm ({Places(spacing.Breaks.Where(gap => gap.Missing > 0))})");

    /// <summary>Which distances there are, and where they change.</summary>
    public static string Unevenness(SliceSpacing spacing) => FormattableString.Invariant(
        $"uneven distances of {spacing.Smallest:0.##} to {spacing.Largest:0.##} mm, median {spacing.Median:0.##} mm (changing at {Places(spacing.Breaks.Where(change => change.Missing == 0))})");

    /// <summary>The angles, and what they mean from slice to slice.</summary>
    public static string Tilt(double tilt, StackShear shear, SliceSpacing spacing)
    {
        var shift = Math.Sqrt((shear.RowMm * shear.RowMm) + (shear.ColumnMm * shear.ColumnMm)) * spacing.Median;
        return FormattableString.Invariant($"tilted by {tilt:0.#} degrees, each slice shifted by {shift:0.##} mm against the next");
    }

    private static string Places(IEnumerable<StackBreak> breaks)
    {
        var all = breaks.ToList();
        return string.Join(", ", all.Take(MostPlaces).Select(b => FormattableString.Invariant($"z {b.AboveMm:0.##} to {b.BelowMm:0.##} mm"))) + (all.Count > MostPlaces ? ", …" : "");
    }
}
