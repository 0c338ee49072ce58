using MhdNet.Ingest.Ct.Dicom;
using MhdNet.Ingest.Items;

namespace MhdNet.Ingest.Ct;

/// <summary>
/// Which series are CT stacks of the body, and which slices belong to the stack. Codes of refusal: <c>several-series</c>, <c>not-ct</c>, <c>secondary-capture</c>, <c>localizer</c>,
/// <c>derived</c>, <c>no-geometry</c>, <c>not-axial</c>, <c>mixed-geometry</c>; then those of <see cref="StackRules"/>.
/// </summary>
public static class SeriesRules
{
    private const string SecondaryCapture = "1.2.840.10008.5.1.4.1.1.7";

    /// <summary>Words in the ImageType of images that no scanner reconstructs from its own rays. DERIVED alone says less: a lossy copy is derived, too.</summary>
    private static readonly HashSet<string> Computed = new(StringComparer.OrdinalIgnoreCase)
    {
        "REFORMATTED", "REFORMAT", "MPR", "MPVR", "CPR", "CURVED", "OBLIQUE", "MIP", "MINIP", "MAXIP", "MAXIMUM", "MINIMUM", "PROJECTION", "VRT", "VR", "SSD", "VOLREN", "PERFUSION",
    };

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
                return Refuse(headers, code, $"{(left.Count == 1 ? "the only image is one of the" : $"all {left.Count} images are")} {what} (ImageType {string.Join('\\', left[0].ImageType)}). Nothing to do.");
            }

            if (kept.Count < left.Count)
            {
                notes.Add($"{left.Count - kept.Count} of {left.Count} images left out: {what}");
            }

            left = kept;
        }

        return OneGeometry(left, settings, notes);
    }

    private static (string Code, Func<SliceHeader, bool> Unfit, string What)[] Unfit { get; } =
    [
        ("not-ct", h => h.Modality != "CT", "not of modality CT"),
        ("secondary-capture", h => h.SopClassUid == SecondaryCapture || h.SopClassUid.StartsWith(SecondaryCapture + ".", StringComparison.Ordinal) || h.SamplesPerPixel != 1, "screen shots (secondary captures)"),
        ("localizer", h => h.ImageType.Any(t => t.Equals("LOCALIZER", StringComparison.OrdinalIgnoreCase)), "localizers"),
        ("derived", IsComputed, "computed from others (reformats, projections, maps)"),
        ("no-geometry", h => h.Position is null || h.Orientation is null || h.PixelSpacing is null, "without position, orientation or pixel spacing, of each frame where there are several"),
    ];

    private static Reading<SeriesChoice> OneGeometry(IReadOnlyList<SliceHeader> headers, CtSettings settings, List<string> notes)
    {
        var (all, oblique) = (headers, headers.Where(h => h.Orientation!.Value.TiltDegrees > settings.MaxTilt).ToList());
        if (oblique.Count > 0)
        {
            var tilt = FormattableString.Invariant(
                $"tilted by {oblique.Min(h => h.Orientation!.Value.TiltDegrees):0.#} degrees or more against the axial plane, where {settings.MaxTilt:0.#} are allowed (max-tilt)");
            if (oblique.Count == all.Count)
            {
                return Refuse(all, "not-axial", $"all {all.Count} slices are {tilt}. Deliver the axial series.");
            }

            notes.Add($"{oblique.Count} of {all.Count} images left out: {tilt}");
            headers = [.. all.Except(oblique)];
        }

        var groups = Geometries(headers);
        var largest = groups[0];
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
        foreach (var header in headers.OrderBy(h => h.SopInstanceUid, StringComparer.Ordinal).ThenBy(h => h.Frame))
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

    private static bool IsComputed(SliceHeader header) => header.ImageType.Count > 0
        && header.ImageType[0].Equals("DERIVED", StringComparison.OrdinalIgnoreCase)
        && header.ImageType.SelectMany(value => value.Split(' ', '_')).Any(Computed.Contains);

    private static bool IsSameGeometry(SliceHeader a, SliceHeader b) =>
        (a.Rows, a.Columns, a.FrameOfReferenceUid) == (b.Rows, b.Columns, b.FrameOfReferenceUid)
        && a.Orientation!.Value.IsNear(b.Orientation!.Value)
        && Math.Abs(a.PixelSpacing!.Value.Row - b.PixelSpacing!.Value.Row) < 1e-3
        && Math.Abs(a.PixelSpacing.Value.Column - b.PixelSpacing.Value.Column) < 1e-3;

    private static Reading<SeriesChoice> Refuse(IReadOnlyList<SliceHeader> headers, string code, string sentence) =>
        new(null, new Reason(code, $"{Folder(headers[0])}: {sentence}"));

    /// <summary>Where a series lies, for sentences about it.</summary>
    internal static string Folder(SliceHeader header) => Path.GetDirectoryName(header.Path) is { Length: > 0 } folder ? folder : header.Path;
}
