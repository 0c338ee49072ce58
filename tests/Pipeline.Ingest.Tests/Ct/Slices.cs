using MhdNet.Ingest.Ct.Dicom;

namespace MhdNet.Ingest.Tests.Ct;

/// <summary>Headers for tests of the pure parts.</summary>
internal static class Slices
{
    public static SliceOrientation Axial { get; } = new(new Vector(1, 0, 0), new Vector(0, 1, 0));

    public static SliceHeader At(double z, string? uid = null, string series = "1.2", SliceOrientation? orientation = null) => new()
    {
        Path = $"in/{z:0.###}-{uid}.dcm",
        SopInstanceUid = uid ?? FormattableString.Invariant($"1.2.{(long)((z + 10000) * 1000)}"),
        SopClassUid = "1.2.840.10008.5.1.4.1.1.2",
        SeriesInstanceUid = series,
        Modality = "CT",
        ImageType = ["ORIGINAL", "PRIMARY", "AXIAL"],
        Rows = 512,
        Columns = 512,
        Position = new Vector(-200, -200, z),
        Orientation = orientation ?? Axial,
        PixelSpacing = (0.8, 0.8),
        Slope = 1,
        Intercept = -1024,
        HasPixels = true,
    };

    public static List<SliceHeader> Stack(int count, double spacing = 2.5) => [.. Enumerable.Range(0, count).Select(i => At(i * spacing))];
}
