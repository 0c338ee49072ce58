using System.Runtime.InteropServices;
using MhdNet.Ingest.Ct.Codecs;
using MhdNet.Ingest.Ct.Dicom;

namespace MhdNet.Ingest.Tests.Ct.Codecs;

/// <summary>JPEG-LS: what CharLS is given, and what comes out, beside CharLS's own encoder and DCMTK.</summary>
public sealed class JpegLsDecoderSpecs : IDisposable
{
    private const string Lossless = "1.2.840.10008.1.2.4.80", NearLossless = "1.2.840.10008.1.2.4.81";
    private readonly JpegLsDecoder _decoder = new();
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<int> Precisions => [.. Enumerable.Range(2, 15)];

    [SkippableTheory]
    [MemberData(nameof(Precisions))]
    public void Every_precision_and_nearness_comes_back_at_odd_sizes(int precision)
    {
        var random = new Random(precision);
        foreach (var (rows, columns) in ((int, int)[])[(1, 1), (1, 33), (33, 1), (17, 23), (64, 64)])
        {
            for (var near = 0; near <= Math.Min(5, ((1 << precision) - 1) / 2); near++)
            {
                var (words, stream) = Encoded(random, rows, columns, precision, near);
                var decoded = _decoder.Words(stream, rows, columns);
                Assert.All(words.Zip(decoded), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, near));
                if (precision <= 8)
                {
                    Assert.Equal(decoded.Select(word => (byte)word), _decoder.Bytes(stream, rows, columns));
                }
            }
        }
    }

    [SkippableTheory]
    [InlineData(8, false, 0)]
    [InlineData(8, false, 2)]
    [InlineData(10, false, 1)]
    [InlineData(12, false, 0)]
    [InlineData(12, true, 0)]
    [InlineData(12, false, 5)]
    [InlineData(16, false, 3)]
    [InlineData(16, true, 0)]
    public void DCMTK_decodes_the_same_pixels(int precision, bool isSigned, int near)
    {
        const int rows = 37, columns = 41;
        var (_, stream) = Encoded(new Random(near), rows, columns, precision, near);
        var slice = new CompressedSlice(near == 0 ? Lossless : NearLossless, rows, columns, precision > 8 ? 16 : 8, precision, isSigned);
        File.WriteAllBytes(_folder["a.dcm"], slice.File(stream));
        Assert.Equal((0, "", ""), Tool.Run("dcmdjpls", _folder["a.dcm"], _folder["b.dcm"]));
        var form = new FrameForm(rows, columns, slice.BitsAllocated);
        var pixels = new byte[form.Bytes];
        Assert.Equal(new DecodedFrame(precision, null), _decoder.Decode(stream, form, pixels));
        var even = (pixels.Length + 1) / 2 * 2;
        Assert.Equal(File.ReadAllBytes(_folder["b.dcm"]).TakeLast(even).Take(pixels.Length), pixels);
    }

    [SkippableTheory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void What_DCMTK_encodes_is_decoded_as_DCMTK_does(int near)
    {
        // DCMTK makes near-lossless streams of unsigned values alone.
        var stored = Frames.Random(new Random(near), 93 * 71, 12, wild: false);
        var slice = DicomBytes.Slice(stored, extra: new() { [0x0028_0010] = ("US", 93), [0x0028_0011] = ("US", 71) });
        File.WriteAllBytes(_folder["a.dcm"], slice);
        string[] options = near == 0 ? [] : ["+en", "+md", $"{near}"];
        Assert.Equal((0, "", ""), Tool.Run("dcmcjpls", [.. options, _folder["a.dcm"], _folder["c.dcm"]]));
        Assert.Equal((0, "", ""), Tool.Run("dcmdjpls", _folder["c.dcm"], _folder["d.dcm"]));
        var (header, stream) = CompressedSlice.Of(_folder["c.dcm"]);
        var form = new FrameForm(header.Rows, header.Columns, header.BitsAllocated);
        var pixels = new byte[form.Bytes];
        Assert.Null(_decoder.Decode(stream, form, pixels).Wrong);
        Assert.Equal(new DicomReader().Hu(_folder["d.dcm"]), StoredPixels.Of(header).ToHu(pixels, header));
    }

    [SkippableFact]
    public void A_header_that_is_not_the_frames_never_reaches_the_library()
    {
        var (_, stream) = Encoded(new Random(1), 9, 7, 12, 0);
        var frame = stream.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xF7]);
        var scan = stream.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xDA]);
        Assert.Equal("its JPEG-LS has 9x7 pixels, where 7x9 are declared", _decoder.Wrong(stream, 7, 9));
        Assert.Contains("12 bits, where 8 are allocated", _decoder.Wrong(stream, 9, 7, bits: 8), StringComparison.Ordinal);
        Assert.Contains("needs 126 bytes", _decoder.Decode(stream, new FrameForm(9, 7, 16), new byte[124]).Wrong, StringComparison.Ordinal);
        Assert.Contains("17 bits", _decoder.Wrong(With(frame + 4, 17), 9, 7), StringComparison.Ordinal);
        Assert.Contains("3 components", _decoder.Wrong(With(frame + 9, 3), 9, 7), StringComparison.Ordinal);
        Assert.Contains("may differ by 255", _decoder.Wrong(Low(With(frame + 4, 8)), 9, 7), StringComparison.Ordinal);
        Assert.Contains("interleaving", _decoder.Wrong(With(scan + 8, 1), 9, 7), StringComparison.Ordinal);
        Assert.Contains("marker C3", _decoder.Wrong(With(frame + 1, 0xC3), 9, 7), StringComparison.Ordinal);
        Assert.Contains("two frames", _decoder.Wrong([.. stream[..scan], .. stream[frame..]], 9, 7), StringComparison.Ordinal);
        Assert.Contains("no frame", _decoder.Wrong([.. stream[..frame], .. stream[scan..]], 9, 7), StringComparison.Ordinal);
        Assert.All(Enumerable.Range(0, stream.Length - 1), length => Assert.NotNull(_decoder.Wrong(stream.AsSpan(0, length), 9, 7)));
        Assert.Contains("breaks off", _decoder.Wrong(stream.AsSpan(0, stream.Length - 2), 9, 7), StringComparison.Ordinal);
        Assert.Contains("breaks off", _decoder.Wrong([.. stream[..^2], 0xFF, 0xFF, 0xD0], 9, 7), StringComparison.Ordinal);
        byte[] shorter = [.. stream[..(scan + 12)], 0xFF, 0xD9];
        Assert.Contains("cannot be decoded", _decoder.Wrong(shorter, 9, 7), StringComparison.Ordinal);

        byte[] With(int at, byte value) => [.. stream[..at], value, .. stream[(at + 1)..]];
        byte[] Low(byte[] whole)
        {
            whole[scan + 7] = 255;
            return whole;
        }
    }

    [SkippableFact]
    public void Many_threads_decode_at_once()
    {
        var frames = Enumerable.Range(0, 8).Select(i => Encoded(new Random(i), 31 + i, 29, 12, 0)).ToList();
        Parallel.For(0, 64, i => Assert.Equal(frames[i % 8].Words, _decoder.Words(frames[i % 8].Stream, 31 + (i % 8), 29)));
    }

    private static (ushort[] Words, byte[] Stream) Encoded(Random random, int rows, int columns, int precision, int near)
    {
        var words = Frames.Random(random, rows * columns, precision, wild: false);
        var samples = precision > 8 ? MemoryMarshal.AsBytes(words.AsSpan()).ToArray() : [.. words.Select(word => (byte)word)];
        return (words, CharLsEncoder.Encode(samples, rows, columns, precision, near));
    }
}
