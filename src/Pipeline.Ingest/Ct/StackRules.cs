using MhdNet.Ingest.Items;

namespace MhdNet.Ingest.Ct;

/// <summary>
/// Which ordered stacks are good enough. Codes of refusal: <c>too-few-slices</c>, <c>repeated-positions</c>, <c>missing-slices</c>, <c>uneven-spacing</c>, <c>gantry-tilt</c>.
/// </summary>
public static class StackRules
{
    /// <summary>Refuses a stack; null where it is good.</summary>
    public static Reason? Refusal(SliceStack stack, CtSettings settings)
    {
        var (n, spacing, first) = (stack.Slices.Count, stack.Spacing, stack.Slices[0].Header);
        if (n < settings.MinSlices)
        {
            return Refuse("too-few-slices", $"{n} slices at different positions, where at least {settings.MinSlices} are asked for (min-slices). If more belong to it, add them; it is then read again.");
        }

        if (stack.Repeated > settings.MaxRepeated * n)
        {
            return Refuse("repeated-positions", FormattableString.Invariant(
                $"at {stack.Repeated} of {n} positions lie several images ({stack.Duplicates} more than positions), where a share of {settings.MaxRepeated:0.##} is allowed (max-repeated). A series over time or of several phases or kernels is no stack; deliver each as a series of its own."));
        }

        if (spacing.Missing > (settings.Missing == GeometryPolicy.Reject ? 0 : settings.MaxMissing * (n + spacing.Missing)))
        {
            return Refuse("missing-slices", FormattableString.Invariant(
                $"{StackNotes.Gaps(spacing)}, {n} are there (median distance {spacing.Median:0.##} mm; missing = {Word(settings.Missing)}, max-missing = {settings.MaxMissing:0.##}). Add them; it is then read again."));
        }

        var shear = StackShear.Of(stack.Slices);
        return spacing.Uneven > 0 && settings.Uneven == GeometryPolicy.Reject ? Refuse("uneven-spacing", $"{StackNotes.Unevenness(spacing)}, and uneven = reject.")
            : shear.Degrees > StackNotes.NoticeableDegrees && settings.GantryTilt == GeometryPolicy.Reject
                ? Refuse("gantry-tilt", $"{StackNotes.Tilt(first.Orientation!.Value.TiltDegrees, shear, spacing)}, and gantry-tilt = reject.")
            : null;

        Reason Refuse(string code, string sentence) => new(code, $"{SeriesRules.Folder(first)}: {sentence}");
    }

    private static string Word(GeometryPolicy policy) => policy switch { GeometryPolicy.Accept => "accept", GeometryPolicy.Resample => "resample", _ => "reject" };
}
