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
        Assert.Equal("its baseline JPEG has 37x53 pixels, where 53x37 are declared", _decoder.Wrong(stream, 53, 37, bits: 8));
        Assert.Contains("8 bits, where 16 are allocated", _decoder.Wrong(stream, 37, 53), StringComparison.Ordinal);
        (int At, byte Value, string Sentence)[] changes =
        [
            (1, 0xC2, "is progressive JPEG, where baseline JPEG is declared"), (1, 0xC3, "is lossless JPEG, where"), (1, 0xF7, "its "),
            (4, 12, "has samples of 12 bits"), (6, 38, "has 38x53 pixels"), (9, 3, "frame header is too short"),
        ];
        Assert.All(changes, change =>
        {
            byte[] changed = [.. stream[..(frame + change.At)], change.Value, .. stream[(frame + change.At + 1)..]];
            Assert.Contains(change.Sentence, _decoder.Wrong(changed, 37, 53, bits: 8), StringComparison.Ordinal);
        });
        byte[] later = [.. stream[..(frame + 5)], 0, 0, .. stream[(frame + 7)..]];
        Assert.Contains("says its height behind the image (DNL)", _decoder.Wrong(later, 37, 53, bits: 8), StringComparison.Ordinal);

        Assert.All(Enumerable.Range(0, stream.Length - 2), length => Assert.NotNull(_decoder.Wrong(stream.AsSpan(0, length), 37, 53, 8)));
    }
}
