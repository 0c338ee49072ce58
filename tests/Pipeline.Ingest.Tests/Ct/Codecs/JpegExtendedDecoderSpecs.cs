using MhdNet.Ingest.Ct.Codecs;

namespace MhdNet.Ingest.Tests.Ct.Codecs;

public class JpegExtendedDecoderSpecs
{
    private readonly JpegExtendedDecoder _decoder = new();

    [Theory]
    [InlineData(12, 1, 0)]
    [InlineData(12, 40, 3)]
    [InlineData(12, 700, 1)]
    [InlineData(8, 1, 2)]
    [InlineData(8, 12, 0)]
    public void Samples_are_within_one_of_the_exact_ones(int precision, int divisor, int interval)
    {
        foreach (var (rows, columns) in new[] { (8, 8), (20, 37), (1, 1), (33, 5) })
        {
            var samples = Frames.Random(new Random(divisor + rows), rows * columns, precision, wild: false);
            var jpeg = new ExtendedJpeg(rows, columns, precision, divisor) { RestartInterval = interval };
            var exact = jpeg.Exact(samples);
            Assert.InRange(exact.Zip(_decoder.Words(jpeg.Encode(samples), rows, columns), (a, b) => Math.Abs(a - b)).Max(), 0, 1);
            if (precision == 8)
            {
                Assert.InRange(exact.Zip(_decoder.Bytes(jpeg.Encode(samples), rows, columns), (a, b) => Math.Abs(a - b)).Max(), 0, 1);
            }
        }
    }

    [Fact]
    public void A_stream_cut_anywhere_is_refused()
    {
        var stream = Stream();
        var scan = stream.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xDA]) + 10;
        Assert.All(Enumerable.Range(0, stream.Length - 3), length =>
        {
            var wrong = _decoder.Wrong(stream.AsSpan(0, length), 20, 37);
            Assert.Contains(length < scan ? "JPEG" : " in row ", wrong, StringComparison.Ordinal);
        });
        Assert.Null(_decoder.Wrong(stream.AsSpan(0, stream.Length - 2), 20, 37));
    }

    [Theory]
    [InlineData(0xC1, 1, 0xC2, "is progressive JPEG, where extended JPEG is declared")]
    [InlineData(0xC1, 1, 0xC3, "is lossless JPEG, where extended JPEG is declared")]
    [InlineData(0xC1, 1, 0xC9, "is extended JPEG with arithmetic coding")]
    [InlineData(0xC1, 4, 10, "samples of 10 bits, where 8 and 12 are possible")]
    [InlineData(0xC1, 6, 21, "has 21x37 pixels, where 20x37 are declared")]
    [InlineData(0xC1, 12, 1, "lacks a table")]
    [InlineData(0xDA, 6, 0x10, "lacks a table")]
    [InlineData(0xDA, 6, 0x02, "lacks a table")]
    [InlineData(0xDA, 7, 1, "a scan of some coefficients only")]
    [InlineData(0xDA, 8, 5, "a scan of some coefficients only")]
    [InlineData(0xDA, 9, 1, "a scan of some coefficients only")]
    [InlineData(0xDB, 4, 0x20, "quantization table that makes no sense")]
    [InlineData(0xDD, 5, 3, "lacks a restart marker in row 1 of 20")]
    public void Headers_that_promise_something_else_are_refused_by_name(byte segment, int offset, byte value, string sentence)
    {
        var stream = Stream();
        stream[stream.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, segment]) + offset] = value;
        Assert.Contains(sentence, _decoder.Wrong(stream, 20, 37), StringComparison.Ordinal);
    }

    [Fact]
    public void Mutants_give_pixels_or_a_sentence()
    {
        var random = new Random(19);
        byte[][] streams = [Stream(), new ExtendedJpeg(20, 37, 8, 9).Encode(Frames.Random(random, 20 * 37, 8, wild: false))];
        Mutants.Check(_decoder, streams, random, 20, 37);
    }

    private static byte[] Stream() =>
        new ExtendedJpeg(20, 37, 12, 30) { RestartInterval = 4 }.Encode(Frames.Random(new Random(5), 20 * 37, 12, wild: false));
}
