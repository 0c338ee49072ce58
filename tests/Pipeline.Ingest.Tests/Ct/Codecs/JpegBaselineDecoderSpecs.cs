using MhdNet.Ingest.Ct.Codecs;

namespace MhdNet.Ingest.Tests.Ct.Codecs;

/// <summary>Baseline JPEG beside DCMTK, which encodes and decodes with the Independent JPEG Group's library.</summary>
public sealed class JpegBaselineDecoderSpecs : IDisposable
{
    private readonly JpegBaselineDecoder _decoder = new();
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableTheory]
    [InlineData(64, 64, 90)]
    [InlineData(37, 53, 75)]
    [InlineData(1, 9, 100)]
    [InlineData(130, 8, 10)]
    public void DCMTK_decodes_the_same_pixels(int rows, int columns, int quality)
    {
        var stream = BaselineJpeg.Encode(rows, columns, quality, _folder["b.dcm"]);
        Assert.Equal((0, "", ""), Tool.Run("dcmdjpeg", _folder["b.dcm"], _folder["c.dcm"]));
        var pixels = _decoder.Bytes(stream, rows, columns);
        Assert.Equal(File.ReadAllBytes(_folder["c.dcm"]).TakeLast((pixels.Length + 1) / 2 * 2).Take(pixels.Length), pixels);
        Assert.Equal(pixels, _decoder.Bytes([.. stream, 0, 0], rows, columns));
    }

    [SkippableFact]
    public void A_header_that_is_not_the_frames_never_reaches_the_library_and_half_a_stream_is_told()
    {
        var stream = BaselineJpeg.Encode(37, 53, 75, _folder["b.dcm"]);
        var frame = stream.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);
        Assert.Equal("its JPEG frame has 37x53 pixels, where 53x37 are declared", _decoder.Wrong(stream, 53, 37, bits: 8));
        Assert.Contains("8 bits, where 16 are allocated", _decoder.Wrong(stream, 37, 53), StringComparison.Ordinal);
        foreach (var (at, value) in ((int, byte)[])[(1, 0xC2), (1, 0xC3), (1, 0xF7), (4, 12), (9, 3)])
        {
            byte[] changed = [.. stream[..(frame + at)], value, .. stream[(frame + at + 1)..]];
            Assert.Contains("no baseline JPEG", _decoder.Wrong(changed, 37, 53, bits: 8), StringComparison.Ordinal);
        }

        Assert.All(Enumerable.Range(0, stream.Length - 2), length => Assert.NotNull(_decoder.Wrong(stream.AsSpan(0, length), 37, 53, 8)));
    }
}
