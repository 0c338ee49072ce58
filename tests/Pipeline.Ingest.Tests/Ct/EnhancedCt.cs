using System.Globalization;

namespace MhdNet.Ingest.Tests.Ct;

/// <summary>An enhanced multi-frame CT image for tests: frame f has position z(f), slope 1 + f, intercept -1000 and the stored value 10 f + its pixel's number.</summary>
internal static class EnhancedCt
{
    public const int Edge = 8;

    /// <summary>The stored values of all frames, one behind the other.</summary>
    public static ushort[] Pixels(int frames) => [.. Enumerable.Range(0, frames * Edge * Edge).Select(i => (ushort)((10 * (i / (Edge * Edge))) + (i % (Edge * Edge))))];

    /// <summary>What frame <paramref name="frame"/> must decode to.</summary>
    public static short[] Hu(int frame, int edge = Edge) => [.. Enumerable.Range(0, edge * edge).Select(i => (short)((((10 * frame) + i) * (1 + frame)) - 1000))];

    public static byte[] File(int frames, Func<int, double> z, string series = "1.2.77", int? described = null) =>
        Build(() => new DicomBytes(), frames, z, series, described, 16, Edge, "OW", Pixels(frames)).ToFile();

    /// <summary>The same of 8-bit pixels.</summary>
    /// <param name="frames">How many frames; at most 19.</param>
    /// <param name="edge">Height and width, at most 8.</param>
    /// <param name="vr">OB or OW.</param>
    /// <param name="bigEndian">Explicit VR Big Endian.</param>
    /// <param name="deflated">The data set is deflated.</param>
    public static byte[] FileOfBytes(int frames, int edge, string vr, bool bigEndian, bool deflated)
    {
        byte[] pixels = [.. Enumerable.Range(0, frames * edge * edge).Select(i => (byte)((10 * (i / (edge * edge))) + (i % (edge * edge))))];
        return Build(() => new DicomBytes(bigEndian), frames, f => f, "1.2.77", null, 8, edge, vr, pixels.Length % 2 == 0 ? pixels : (byte[])[.. pixels, 0]).ToFile(deflated);
    }

    /// <summary>The same of 16-bit pixels, deflated.</summary>
    public static byte[] FileDeflated(int frames) => Build(() => new DicomBytes(), frames, f => f, "1.2.77", null, 16, Edge, "OW", Pixels(frames)).ToFile(deflated: true);

    private static DicomBytes Build(Func<DicomBytes> create, int frames, Func<int, double> z, string series, int? described, int bits, int edge, string vr, object pixels)
    {
        var shared = create()
            .Add(0x0020_9116, "SQ", new[] { create().Add(0x0020_0037, "DS", @"1\0\0\0\1\0") })
            .Add(0x0028_9110, "SQ", new[] { create().Add(0x0018_0050, "DS", "2.5").Add(0x0028_0030, "DS", @"0.5\0.5") });
        var own = Enumerable.Range(0, described ?? frames).Select(f => create()
            .Add(0x0018_9329, "SQ", new[] { create().Add(0x0008_9007, "CS", @"ORIGINAL\PRIMARY\VOLUME\NONE") })
            .Add(0x0020_9111, "SQ", new[] { create().Add(0x0020_9128, "UL", 1).Add(0x0020_9156, "US", 1) })
            .Add(0x0020_9113, "SQ", new[] { create().Add(0x0020_0032, "DS", @"-100\-100\" + z(f).ToString(CultureInfo.InvariantCulture)) })
            .Add(0x0028_9145, "SQ", new[]
            {
                create().Add(0x0028_1052, "DS", "-1000").Add(0x0028_1053, "DS", (1 + f).ToString(CultureInfo.InvariantCulture)).Add(0x0028_1054, "LO", "HU"),
            })).ToArray();
        return create()
            .Add(0x0008_0008, "CS", @"ORIGINAL\PRIMARY\VOLUME\NONE")
            .Add(0x0008_0016, "UI", "1.2.840.10008.5.1.4.1.1.2.1")
            .Add(0x0008_0018, "UI", series + ".1")
            .Add(0x0008_0060, "CS", "CT")
            .Add(0x0010_0020, "LO", "P1")
            .Add(0x0020_000E, "UI", series)
            .Add(0x0028_0002, "US", 1)
            .Add(0x0028_0004, "CS", "MONOCHROME2")
            .Add(0x0028_0008, "IS", frames.ToString(CultureInfo.InvariantCulture))
            .Add(0x0028_0010, "US", edge)
            .Add(0x0028_0011, "US", edge)
            .Add(0x0028_0100, "US", bits)
            .Add(0x0028_0101, "US", bits)
            .Add(0x0028_0102, "US", bits - 1)
            .Add(0x0028_0103, "US", 0)
            .Add(0x5200_9229, "SQ", new[] { shared })
            .Add(0x5200_9230, "SQ", own)
            .Add(0x7FE0_0010, vr, pixels);
    }
}
