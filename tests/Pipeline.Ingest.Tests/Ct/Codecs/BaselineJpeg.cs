namespace MhdNet.Ingest.Tests.Ct.Codecs;

/// <summary>Baseline JPEG as DCMTK encodes it.</summary>
internal static class BaselineJpeg
{
    /// <summary>Encodes a frame of random samples; the test is skipped where DCMTK is missing.</summary>
    /// <param name="rows">Height.</param>
    /// <param name="columns">Width.</param>
    /// <param name="quality">1 to 100.</param>
    /// <param name="path">The DICOM file that is left.</param>
    /// <returns>The file's code stream.</returns>
    public static byte[] Encode(int rows, int columns, int quality, string path)
    {
        byte[] samples = [.. Frames.Random(new Random(quality), rows * columns, 8, wild: false).Select(word => (byte)word), 0];
        var slice = DicomBytes.Slice([], extra: new()
        {
            [0x0028_0010] = ("US", rows), [0x0028_0011] = ("US", columns), [0x0028_0100] = ("US", 8), [0x0028_0101] = ("US", 8),
            [0x0028_0102] = ("US", 7),
        });
        var length = (rows * columns + 1) / 2 * 2;
        File.WriteAllBytes(path, [.. slice[..^4], .. BitConverter.GetBytes(length), .. samples.Take(length)]);
        var run = Tool.Run("dcmcjpeg", "+eb", "+q", $"{quality}", path, path);
        Assert.True(run.Code == 0, run.Errors);
        return CompressedSlice.Of(path).Stream;
    }
}
