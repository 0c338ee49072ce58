namespace MhdNet.Ingest.Tests.Ct.Codecs;

/// <summary>
/// DCMTK's JPEG tools, another decoder and encoder to be held to; tests that want them are skipped where they are not installed.
/// </summary>
internal static class Dcmtk
{
    public const string Lossless = "1.2.840.10008.1.2.4.57", FirstOrder = "1.2.840.10008.1.2.4.70", Extended = "1.2.840.10008.1.2.4.51";

    /// <summary>A CT image of compressed frames, one behind the other.</summary>
    public static byte[] File(string syntax, int rows, int columns, int precision, bool isSigned, int allocated, params byte[][] frames) =>
        Head(rows, columns, precision, isSigned, allocated, frames.Length).AddFragments(frames).ToFile(encapsulated: syntax);

    /// <summary>A CT image of uncompressed pixels.</summary>
    public static byte[] File(int rows, int columns, int precision, bool isSigned, int allocated, object pixels) =>
        Head(rows, columns, precision, isSigned, allocated, 1).Add(0x7FE0_0010, allocated == 8 ? "OB" : "OW", pixels).ToFile();

    /// <summary>Runs a tool on a file; null where it refuses.</summary>
    public static byte[]? Run(string tool, byte[] file, params string[] options)
    {
        using var folder = new TemporaryFolder();
        System.IO.File.WriteAllBytes(folder["in.dcm"], file);
        var ended = Tool.Run(tool, [.. options, folder["in.dcm"], folder["out.dcm"]]);
        return ended.Code == 0 ? System.IO.File.ReadAllBytes(folder["out.dcm"]) : null;
    }

    /// <summary>The samples of all frames, as dcmdjpeg decodes them.</summary>
    public static byte[] Decode(byte[] file, int length)
    {
        var plain = Run("dcmdjpeg", file);
        Assert.NotNull(plain);
        return plain[^(length + (length % 2))..][..length];
    }

    /// <summary>The code stream of a file of one frame.</summary>
    public static byte[] Stream(byte[] file)
    {
        var start = file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]);
        return file[start..^8];
    }

    private static DicomBytes Head(int rows, int columns, int precision, bool isSigned, int allocated, int frames) => new DicomBytes()
        .Add(0x0008_0016, "UI", "1.2.840.10008.5.1.4.1.1.2").Add(0x0008_0018, "UI", "1.2.3.4").Add(0x0008_0060, "CS", "CT")
        .Add(0x0020_000E, "UI", "1.2.3").Add(0x0028_0002, "US", 1).Add(0x0028_0004, "CS", "MONOCHROME2")
        .Add(0x0028_0008, "IS", $"{frames}").Add(0x0028_0010, "US", rows).Add(0x0028_0011, "US", columns)
        .Add(0x0028_0100, "US", allocated).Add(0x0028_0101, "US", precision).Add(0x0028_0102, "US", precision - 1)
        .Add(0x0028_0103, "US", isSigned ? 1 : 0).Add(0x0028_1052, "DS", "0").Add(0x0028_1053, "DS", "1");
}
