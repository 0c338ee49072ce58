using MhdNet.Ingest.Ct.Codecs;

namespace MhdNet.Ingest.Tests.Ct.Codecs;

public class JpegLosslessDecoderSpecs
{
    private const int Rows = 9, Columns = 13;
    private readonly JpegLosslessDecoder _decoder = new();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    public void Every_predictor_gives_the_samples_that_were_encoded_at_every_precision(int selection) =>
        Assert.All(Enumerable.Range(2, 15), precision => RoundTrips(selection, precision));

    [Fact]
    public void A_stream_written_by_hand_is_read_as_the_standard_says()
    {
        // Categories 0, 1 and 2 are 0, 10 and 110; half of 4 bits is 8. 8 + 0, 8 + 1, 9 - 1; below 8 - 2 (Rb), 6 + 3, 9 + 0:
        // 0 10.1 10.0, 110.01 110.11 0, ones up to the byte.
        byte[] stream =
        [
            0xFF, 0xD8, 0xFF, 0xC3, 0, 11, 4, 0, 2, 0, 3, 1, 1, 0x11, 0,
            0xFF, 0xC4, 0, 22, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2,
            0xFF, 0xDA, 0, 8, 1, 1, 0, 1, 0, 0, 0b0_101_100_1, 0b1001_1101, 0b1_0_111111,
        ];
        Assert.Equal([8, 9, 8, 6, 9, 9], _decoder.Words(stream, 2, 3));
        Assert.Equal(4, _decoder.Decode(stream, new FrameForm(2, 3, 8), new byte[6]).Precision);
    }

    [Fact]
    public void The_largest_difference_has_no_further_bits()
    {
        ushort[] samples = [0, 0x8000, 0, 0x8000, 0x8000, 0];
        var jpeg = new LosslessJpeg(1, 6, 16, 1, JpegCodes.Flat(new Random(1)));
        var stream = jpeg.Encode(samples);
        Assert.Equal(samples, _decoder.Words(stream, 1, 6));
        Assert.Equal(((6 * 5) + 7) / 8, stream.Length - jpeg.Header().Length - 2);
    }

    [Fact]
    public void What_follows_the_samples_is_not_looked_at()
    {
        var (stream, samples) = Stream();
        Assert.Equal(samples, _decoder.Words(stream[..^2], Rows, Columns));
        Assert.Equal(samples, _decoder.Words([.. stream, 0, 1, 2, 0xFF], Rows, Columns));
        Assert.Equal(samples, _decoder.Words([.. stream[..^2], 0xFF, 0xFF, 0xFF], Rows, Columns));
    }

    [Fact]
    public void A_stream_cut_anywhere_is_refused_and_says_where_it_ends()
    {
        var stream = Stream().Stream;
        var header = stream.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xDA]) + 10;
        Assert.All(
            Enumerable.Range(0, stream.Length - 3), length => Tells(length < header ? "JPEG" : "ends in row", stream.AsSpan(0, length)));
        Tells($"its lossless JPEG ends in row 1 of {Rows}", stream.AsSpan(0, header));
    }

    [Theory]
    [InlineData(9, 14, "has 9x13 pixels, where 9x14 are declared")]
    [InlineData(13, 9, "has 9x13 pixels, where 13x9 are declared")]
    [InlineData(8192, 8192, "has 9x13 pixels, where 8192x8192 are declared")]
    public void Another_size_is_refused(int rows, int columns, string sentence) =>
        Assert.EndsWith(sentence, _decoder.Wrong(Stream().Stream, rows, columns), StringComparison.Ordinal);

    [Theory]
    [InlineData(0xC3, 4, 17, "samples of 17 bits")]
    [InlineData(0xC3, 4, 1, "samples of 1 bits, where 2 to 16 are possible")]
    [InlineData(0xC3, 6, 0, "says its height behind the image (DNL)")]
    [InlineData(0xC3, 9, 3, "frame header is too short")]
    [InlineData(0xC3, 1, 0xC0, "is baseline JPEG, where lossless JPEG is declared")]
    [InlineData(0xC3, 1, 0xC2, "is progressive JPEG")]
    [InlineData(0xC3, 1, 0xC7, "is hierarchical JPEG")]
    [InlineData(0xC3, 1, 0xCB, "is lossless JPEG with arithmetic coding")]
    [InlineData(0xC3, 1, 0xF7, "is JPEG-LS, which is not its transfer syntax")]
    [InlineData(0xC3, 1, 0xE0, "no frame before its scan")]
    [InlineData(0xC3, 2, 0xF0, "breaks off")]
    [InlineData(0xC4, 1, 0xC3, "declares two frames")]
    [InlineData(0xC4, 1, 0xE0, "lacks the Huffman table")]
    [InlineData(0xC4, 4, 1, "lacks the Huffman table")]
    [InlineData(0xC4, 4, 0x10, "lacks the Huffman table")]
    [InlineData(0xC4, 4, 4, "Huffman table that makes no sense")]
    [InlineData(0xDA, 4, 2, "scan header is too short")]
    [InlineData(0xDA, 4, 0, "its JPEG scan has 0 components")]
    [InlineData(0xDA, 6, 0x50, "lacks the Huffman table")]
    [InlineData(0xDA, 7, 0, "predictor 0, where 1 to 7 are possible")]
    [InlineData(0xDA, 7, 8, "predictor 8")]
    [InlineData(0xDA, 9, 12, "leaves out 12 of 12 bits")]
    public void Headers_that_promise_something_else_are_refused_by_name(byte segment, int offset, byte value, string sentence)
    {
        var stream = Stream().Stream;
        stream[stream.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, segment]) + offset] = value;
        Tells(sentence, stream);
    }

    [Fact]
    public void Colour_and_samples_that_find_no_room_are_refused()
    {
        var stream = Stream().Stream;
        Assert.Equal("its lossless JPEG has samples of 12 bits, where 8 are allocated", _decoder.Wrong(stream, Rows, Columns, bits: 8));
        Assert.Equal(
            $"its frame of {Rows}x{Columns} pixels needs {2 * Rows * Columns} bytes, and 5 are there",
            _decoder.Decode(stream, new FrameForm(Rows, Columns, 16), new byte[5]).Wrong);
        var frame = stream.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC3]);
        byte[] components = [3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0];
        byte[] head = [.. stream[..(frame + 3)], 17, .. stream[(frame + 4)..(frame + 9)]];
        Tells("has 3 components", [.. head, .. components, .. stream[(frame + 13)..]]);
    }

    [Fact]
    public void Codes_that_the_table_lacks_and_tables_that_are_no_code_are_told()
    {
        var jpeg = new LosslessJpeg(Rows, Columns, 12, 1, new JpegCodes([0, 1, 2], [2, 2, 2]));
        Tells($"its lossless JPEG has an unknown code in row 1 of {Rows}", [.. jpeg.Header(), .. Enumerable.Repeat((byte)0xFE, 400)]);
        var unused = new LosslessJpeg(Rows, Columns, 12, 1, new JpegCodes([0, 200], [1, 2]));
        Tells("unknown code", [.. unused.Header(), .. Enumerable.Repeat((byte)0xAA, 400)]);
        var crowded = jpeg.Header();
        crowded[crowded.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC4]) + 5] = 3;
        crowded[crowded.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC4]) + 6] = 0;
        Tells("makes no code", crowded);
    }

    [Fact]
    public void Restart_markers_that_are_missing_or_of_another_number_are_told()
    {
        var samples = Frames.Random(new Random(3), Rows * Columns, 12, wild: false);
        var stream = new LosslessJpeg(Rows, Columns, 12, 1, JpegCodes.Flat(new Random(3))) { RestartRows = 2 }.Encode(samples);
        var second = stream.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xD1]);
        byte[] padded = [.. stream[..second], 0xFF, 0xFF, .. stream[second..]];
        Assert.Equal(samples, _decoder.Words(padded, Rows, Columns));
        stream[second + 1] = 0xD3;
        Tells($"its lossless JPEG lacks the restart marker before row 5 of {Rows}", stream);
        var interval = stream.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xDD]);
        stream[interval + 5]++;
        Tells($"after {(2 * Columns) + 1} samples, which are not whole rows of {Columns}", stream);
    }

    [Fact]
    public void Long_rows_and_long_streams_pass_through_the_window()
    {
        foreach (var (rows, columns) in new[] { (1, 65535), (3, 20001), (700, 300) })
        {
            var random = new Random(columns);
            var samples = Frames.Random(random, rows * columns, 16, wild: true);
            var jpeg = new LosslessJpeg(rows, columns, 16, 4, JpegCodes.Skewed(random));
            Assert.Equal(samples, _decoder.Words(jpeg.Encode(samples), rows, columns));
        }
    }

    [Fact]
    public void Mutants_give_pixels_or_a_sentence()
    {
        var random = new Random(17);
        var restarted = new LosslessJpeg(Rows, Columns, 16, 6, JpegCodes.Skewed(random)) { RestartRows = 2 };
        byte[][] streams = [Stream().Stream, restarted.Encode(Frames.Random(random, Rows * Columns, 16, wild: true))];
        Mutants.Check(_decoder, streams, random, Rows, Columns);
    }

    private void RoundTrips(int selection, int precision)
    {
        var random = new Random((100 * selection) + precision);
        foreach (var codes in new Func<Random, JpegCodes>[] { JpegCodes.Flat, JpegCodes.Skewed, JpegCodes.Full, JpegCodes.Anywhere })
        {
            for (var round = 0; round < 12; round++)
            {
                var (rows, columns, point) = (random.Next(1, 40), random.Next(1, 70), round % 3 == 2 ? random.Next(precision) : 0);
                var samples = Frames.Random(random, rows * columns, precision, wild: round % 4 == 3);
                var jpeg = new LosslessJpeg(rows, columns, precision, selection, codes(random))
                {
                    PointTransform = point, RestartRows = round % 2 == 0 ? 0 : random.Next(1, 5), Prefixes = 1 + (round % 3),
                };
                ushort[] expected = [.. samples.Select(sample => (ushort)(sample >> point << point))];
                Assert.Equal(expected, _decoder.Words(jpeg.Encode(samples), rows, columns));
                if (precision <= 8)
                {
                    Assert.Equal(expected.Select(sample => (byte)sample), _decoder.Bytes(jpeg.Encode(samples), rows, columns));
                }
            }
        }
    }

    private void Tells(string sentence, ReadOnlySpan<byte> stream) =>
        Assert.Contains(sentence, _decoder.Wrong(stream, Rows, Columns), StringComparison.Ordinal);

    private static (byte[] Stream, ushort[] Samples) Stream()
    {
        var random = new Random(7);
        var samples = Frames.Random(random, Rows * Columns, 12, wild: false);
        return (new LosslessJpeg(Rows, Columns, 12, 7, JpegCodes.Flat(random)).Encode(samples), samples);
    }
}
