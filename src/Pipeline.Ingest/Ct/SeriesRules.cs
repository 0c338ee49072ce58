using MhdNet.Ingest.Ct.Dicom;
using MhdNet.Ingest.Items;

namespace MhdNet.Ingest.Ct;

/// <summary>
/// Which series are CT stacks of the body, and which slices belong to the stack. Codes of refusal: <c>several-series</c>, <c>not-ct</c>, <c>secondary-capture</c>, <c>localizer</c>,
/// <c>multi-frame</c>, <c>no-geometry</c>, <c>mixed-geometry</c>, <c>not-axial</c>, <c>too-few-slices</c>, <c>missing-slices</c>.
/// </summary>
public static class SeriesRules
{
    private const string SecondaryCapture = "1.2.840.10008.5.1.4.1.1.7";

    /// <summary>Leaves out single images that are no axial slices; refuses the series where too little is left.</summary>
    /// <param name="headers">All images of the series, at least one.</param>
    /// <param name="settings">Limits.</param>
    public static Reading<SeriesChoice> Choose(IReadOnlyList<SliceHeader> headers, CtSettings settings)
    {
        var series = headers.Select(h => h.SeriesInstanceUid).Distinct().Count();
        if (series > 1)
        {
            return Refuse(headers, "several-series", $"the {headers.Count} files belong to {series} series. Each series is an item of its own.");
        }

        var notes = new List<string>();
        var left = headers;
        foreach (var (code, unfit, what) in Unfit)
        {
            var kept = left.Where(h => !unfit(h)).ToList();
            if (kept.Count == 0)
            {
                return Refuse(headers, code, $"all {left.Count} images are {what} (ImageType {string.Join('\\', left[0].ImageType)}). Nothing to do.");
            }

            if (kept.Count < left.Count)
            {
                notes.Add($"{left.Count - kept.Count} of {left.Count} images left out: {what}");
            }

            left = kept;
        }

        return OneGeometry(left, settings, notes);
    }

    /// <summary>Refuses a stack that is too short or has too many gaps; null where it is good.</summary>
    public static Reason? Refusal(SliceStack stack, CtSettings settings)
    {
        var (n, spacing) = (stack.Slices.Count, stack.Spacing);
        var folder = Folder(stack.Slices[0].Header);
        if (n < settings.MinSlices)
        {
            return new Reason("too-few-slices", $"{folder}: {n} slices at different positions, where at least {settings.MinSlices} are asked for (min-slices). If more belong to it, add them and run 'mhdnet retry'.");
        }

        return spacing.Missing > settings.MaxMissing * (n + spacing.Missing)
            ? new Reason("missing-slices", FormattableString.Invariant(
                $"{folder}: about {spacing.Missing} of {n + spacing.Missing} slices are missing in {spacing.Gaps} gaps of up to {spacing.Largest:0.##} mm (median distance {spacing.Median:0.##} mm; limit max-missing {settings.MaxMissing:0.##}). Add them and run 'mhdnet retry'."))
            : null;
    }

    private static (string Code, Func<SliceHeader, bool> Unfit, string What)[] Unfit { get; } =
    [
        ("not-ct", h => h.Modality != "CT", "not of modality CT"),
        ("secondary-capture", h => h.SopClassUid == SecondaryCapture || h.SopClassUid.StartsWith(SecondaryCapture + ".", StringComparison.Ordinal) || h.SamplesPerPixel != 1, "screen shots (secondary captures)"),
        ("localizer", h => h.ImageType.Any(t => t.Equals("LOCALIZER", StringComparison.OrdinalIgnoreCase)), "localizers"),
        ("multi-frame", h => h.Frames > 1, "multi-frame images, which are not read; convert them to one file a slice"),
        ("no-geometry", h => h.Position is null || h.Orientation is null || h.PixelSpacing is null, "without position, orientation or pixel spacing"),
    ];

    private static Reading<SeriesChoice> OneGeometry(IReadOnlyList<SliceHeader> headers, CtSettings settings, List<string> notes)
    {
        var groups = Geometries(headers);
        var largest = groups[0];
        var tilt = largest[0].Orientation!.Value.TiltDegrees;
        if (tilt > settings.MaxTilt)
        {
            return Refuse(headers, "not-axial", FormattableString.Invariant(
                $"{largest.Count} of {headers.Count} slices are tilted by {tilt:0.#} degrees against the axial plane, where {settings.MaxTilt:0.#} are allowed (max-tilt). Deliver the axial series."));
        }

        if (largest.Count < settings.MinConsistent * headers.Count)
        {
            return Refuse(headers, "mixed-geometry", FormattableString.Invariant(
                $"the {headers.Count} slices have {groups.Count} different orientations, sizes or pixel spacings, the most frequent {largest.Count} times, where a share of {settings.MinConsistent:0.##} is asked for (min-consistent). Deliver the stacks as series of their own."));
        }

        if (groups.Count > 1)
        {
            notes.Add($"{headers.Count - largest.Count} of {headers.Count} slices left out: another orientation, size or pixel spacing");
        }

        return new(new SeriesChoice(largest, notes), null);
    }

    /// <summary>Groups of one matrix, pixel spacing and orientation, the largest first.</summary>
    private static List<List<SliceHeader>> Geometries(IReadOnlyList<SliceHeader> headers)
    {
        var groups = new List<List<SliceHeader>>();
        foreach (var header in headers.OrderBy(h => h.SopInstanceUid, StringComparer.Ordinal))
        {
            var group = groups.Find(g => IsSameGeometry(g[0], header));
            if (group is null)
            {
                groups.Add(group = []);
            }

            group.Add(header);
        }

        return [.. groups.OrderByDescending(g => g.Count)];
    }

    private static bool IsSameGeometry(SliceHeader a, SliceHeader b) =>
        (a.Rows, a.Columns, a.FrameOfReferenceUid) == (b.Rows, b.Columns, b.FrameOfReferenceUid)
        && a.Orientation!.Value.IsNear(b.Orientation!.Value)
        && Math.Abs(a.PixelSpacing!.Value.Row - b.PixelSpacing!.Value.Row) < 1e-3
        && Math.Abs(a.PixelSpacing.Value.Column - b.PixelSpacing.Value.Column) < 1e-3;

    private static Reading<SeriesChoice> Refuse(IReadOnlyList<SliceHeader> headers, string code, string sentence) =>
        new(null, new Reason(code, $"{Folder(headers[0])}: {sentence}"));

    private static string Folder(SliceHeader header) => Path.GetDirectoryName(header.Path) is { Length: > 0 } folder ? folder : header.Path;
}
