using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using MhdNet.Ingest.Ct.Codecs;
using MhdNet.Ingest.Ct.Dicom;

namespace MhdNet.Ingest.Tests.Ct.Codecs;

/// <summary>JPEG 2000: streams of OpenJPEG's and OpenJPH's own programs, and what never reaches the library.</summary>
public sealed class Jpeg2000DecoderSpecs : IDisposable
{
    private readonly Jpeg2000Decoder _decoder = new();
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<int> Precisions => [.. Enumerable.Range(2, 15)];

    [SkippableTheory]
    [MemberData(nameof(Precisions))]
    public void Every_precision_comes_back_signed_and_unsigned_at_odd_sizes(int precision)
    {
        // OpenJPEG's program takes no picture whose height, width and precision are all odd.
        (int, int, int)[] sizes = precision % 2 == 0
            ? [(1, 1, 1), (1, 33, 1), (33, 1, 1), (17, 23, 3), (65, 63, 6)]
            : [(2, 1, 1), (1, 34, 1), (33, 2, 1), (17, 24, 3), (64, 65, 6)];
        foreach (var (rows, columns, levels) in sizes)
        {
            foreach (var isSigned in (bool[])[false, true])
            {
                var (words, stream) = Encoded(new Random(precision), rows, columns, precision, isSigned, "-n", $"{levels}");
                Check(words, stream, rows, columns, precision, isSigned);
            }
        }
    }

    [SkippableTheory]
    [InlineData("LRCP", "-t 32,32")]
    [InlineData("RLCP", "-t 17,300 -n 4 -r 20,10,1")]
    [InlineData("RPCL", "-c [32,32],[16,16] -TP R")]
    [InlineData("PCRL", "-t 50,50 -c [64,64] -SOP -EPH")]
    [InlineData("CPRL", "-b 16,16 -M 63")]
    [InlineData("LRCP", "-d 13,5 -T 3,2 -t 44,41")]
    [InlineData("LRCP", "-PLT -TLM -r 4,2,1 -TP L")]
    public void Tiles_progressions_precincts_and_offsets_of_lossless_streams_come_back(string order, string options)
    {
        var (words, stream) = Encoded(new Random(3), 93, 71, 12, isSigned: false, ["-p", order, .. options.Split(' ')]);
        Check(words, stream, 93, 71, 12, isSigned: false);
        Assert.Equal(words, new Jpeg2000Decoder(threads: 2).Words(stream, 93, 71));
    }

    [SkippableTheory]
    [InlineData("-I", 16, true)]
    [InlineData("-I -r 10", 12, false)]
    [InlineData("-I -q 30,40 -t 32,32", 8, false)]
    [InlineData("-r 8", 12, true)]
    public void Lossy_streams_are_decoded_as_OpenJPEGs_own_program_does(string options, int precision, bool isSigned)
    {
        var (_, stream) = Encoded(new Random(4), 93, 71, precision, isSigned, options.Split(' '));
        Assert.Equal(0, Tool.Run("opj_decompress", "-i", _folder["a.j2k"], "-o", _folder["b.rawl"], "-quiet").Code);
        var raw = File.ReadAllBytes(_folder["b.rawl"]);
        var peer = precision > 8 ? MemoryMarshal.Cast<byte, ushort>(raw).ToArray() : [.. raw.Select(value => (ushort)value)];
        Assert.Equal(peer, _decoder.Words(stream, 93, 71).Select(word => (ushort)(word & ((1 << precision) - 1))));
    }

    [SkippableTheory]
    [InlineData(255, "-reversible true")]
    [InlineData(4095, "-reversible true")]
    [InlineData(65535, "-reversible true -tile_size {40,50} -prog_order RPCL")]
    [InlineData(4095, "-reversible true -num_decomps 2 -block_size {32,32}")]
    public void High_throughput_streams_come_back(int most, string options)
    {
        Skip.IfNot(Version.Parse(SystemCodecs.OpenJpegVersion()) >= new Version(2, 5), "needs OpenJPEG 2.5, which is not here");
        const int rows = 93, columns = 71;
        var words = Frames.Random(new Random(most), rows * columns, most == 255 ? 8 : most == 4095 ? 12 : 16, wild: false);
        IEnumerable<byte> samples = most == 255
            ? words.Select(word => (byte)word)
            : words.SelectMany(word => (byte[])[(byte)(word >> 8), (byte)word]);
        File.WriteAllBytes(_folder["a.pgm"], [.. Encoding.ASCII.GetBytes($"P5\n{columns} {rows}\n{most}\n"), .. samples]);
        var (code, output, errors) = Tool.Run("ojph_compress", ["-i", _folder["a.pgm"], "-o", _folder["a.j2c"], .. options.Split(' ')]);
        Assert.True(code == 0 && File.Exists(_folder["a.j2c"]), output + errors);
        var stream = File.ReadAllBytes(_folder["a.j2c"]);
        Assert.Null(Jpeg2000Header.Read(stream, out var header));
        Assert.True(header.IsHighThroughput);
        Assert.Equal(words, _decoder.Words(stream, rows, columns));
        var slice = new CompressedSlice("1.2.840.10008.1.2.4.201", rows, columns, 16, most == 255 ? 8 : most == 4095 ? 12 : 16, false);
        File.WriteAllBytes(_folder["a.dcm"], slice.File(stream));
        var hu = words.Select(word => (short)Math.Min(word, (ushort)short.MaxValue));
        Assert.Equal(hu, new DicomReader().Hu(_folder["a.dcm"]));
    }

    [SkippableFact]
    public void What_the_code_stream_says_of_bits_and_sign_goes_before_the_header()
    {
        var (words, stream) = Encoded(new Random(8), 20, 30, 11, isSigned: true, "-n", "3");
        File.WriteAllBytes(_folder["a.dcm"], new CompressedSlice("1.2.840.10008.1.2.4.90", 20, 30, 16, 16, IsSigned: false).File(stream));
        Assert.Equal(words.Select(word => (short)word), new DicomReader().Hu(_folder["a.dcm"]));
        File.WriteAllBytes(_folder["b.dcm"], new CompressedSlice("1.2.840.10008.1.2.4.90", 20, 30, 8, 8, IsSigned: true).File(stream));
        Assert.Equal("absurd-size", new DicomReader().ReadHeader(_folder["b.dcm"]).Reason!.Code);
    }

    [SkippableFact]
    public void The_code_stream_is_found_in_a_file_of_boxes_and_bytes_behind_its_end_do_not_count()
    {
        var (words, stream) = Encoded(new Random(5), 20, 30, 12, isSigned: false, "-n", "3");
        byte[] boxes =
        [
            0, 0, 0, 12, .. "jP  "u8, 13, 10, 0x87, 10, 0, 0, 0, 16, .. "free"u8, .. new byte[8],
            .. Big((uint)stream.Length + 8), .. "jp2c"u8, .. stream, 0, 0, 0, 8, .. "free"u8,
        ];
        Assert.Equal(words, _decoder.Words(boxes, 20, 30));
        Assert.Equal(words, _decoder.Words([.. stream, 0], 20, 30));
        Assert.Equal(words, _decoder.Words([.. stream, .. new byte[200]], 20, 30));
        var start = stream.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0x90]);
        byte[] open = [.. stream[..(start + 6)], 0, 0, 0, 0, .. stream[(start + 10)..]]; // its only tile-part reaches to the end
        Assert.Equal(words, _decoder.Words([.. open, 0, 0, 0], 20, 30));
    }

    [SkippableFact]
    public void A_header_that_is_not_the_frames_or_asks_for_absurd_memory_never_reaches_the_library()
    {
        var (_, stream) = Encoded(new Random(6), 20, 30, 12, isSigned: false, "-n", "3");
        var coding = stream.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0x52]);
        var tile = stream.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0x90]);
        Assert.Equal("its JPEG 2000 has 20x30 pixels, where 30x20 are declared", _decoder.Wrong(stream, 30, 20));
        Assert.Contains("12 bits, where 8 are allocated", _decoder.Wrong(stream, 20, 30, bits: 8), StringComparison.Ordinal);
        Assert.Contains("37 bits", With(42, 36), StringComparison.Ordinal);
        Assert.Contains("1x2 points", With(44, 2), StringComparison.Ordinal);
        Assert.Contains("only 1 of its 600 tiles", Of([.. stream[..24], .. Big(1), .. Big(1), .. stream[32..]]), StringComparison.Ordinal);
        Assert.Contains("reaches from", With(8, 0x7F), StringComparison.Ordinal);
        Assert.Contains("outside of the image", With(35, 1), StringComparison.Ordinal);
        Assert.Contains("33 levels", With(coding + 9, 33), StringComparison.Ordinal);
        Assert.Contains("code-blocks of 2048x64", With(coding + 10, 9), StringComparison.Ordinal);
        Assert.Contains("progression order 5", With(coding + 5, 5), StringComparison.Ordinal);
        Assert.Contains("precincts are not told", With(coding + 4, 1), StringComparison.Ordinal);
        Assert.Contains("a tile 7 of 1", With(tile + 5, 7), StringComparison.Ordinal);
        Assert.Contains("of which", With(tile + 6, 1), StringComparison.Ordinal);
        Assert.Contains("breaks off", _decoder.Wrong([.. stream[..tile], 0xFF, 0xD9], 20, 30) ?? "", StringComparison.Ordinal);
        Assert.All(Enumerable.Range(0, stream.Length - 2), length => Assert.NotNull(_decoder.Wrong(stream.AsSpan(0, length), 20, 30)));

        string With(int at, byte value) => Of([.. stream[..at], value, .. stream[(at + 1)..]]);
        string Of(byte[] changed) => _decoder.Wrong(changed, 20, 30) ?? "";
    }

    [Fact]
    public void Many_small_tiles_or_precincts_are_refused_by_their_number()
    {
        Assert.Contains("1048576 tiles", Jpeg2000Size.Read(Siz(1024, 1), out _), StringComparison.Ordinal);
        Assert.Null(Jpeg2000Size.Read(Siz(1024, 16), out var size));
        Assert.Equal((1024, 1024, 4096, 16), (size.Rows, size.Columns, size.Tiles, size.TileRows));
        Assert.Null(Jpeg2000Size.Read(Siz(1024, 1024), out size));
        byte[] coding = [1, 0, 0, 1, 0, 5, 4, 4, 0, 1, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11];
        Assert.Contains("precincts", Jpeg2000Style.OfDefault(coding, size, new()), StringComparison.Ordinal);
        coding.AsSpan(10).Fill(0x77);
        Assert.Null(Jpeg2000Style.OfDefault(coding, size, new()));
        coding[2] = 0xFF;
        coding[3] = 0xFF;
        Assert.Contains("65535 layers", Jpeg2000Style.OfDefault(coding, size, new()), StringComparison.Ordinal);

        // One packet a tile, and yet too many in all.
        Assert.Null(Jpeg2000Size.Read(Siz(512, 8), out var tiles));
        byte[] layers = [0, 0, 0xFF, 0xFF, 0, 0, 4, 4, 0, 1];
        Assert.Contains("a tile of 4096", Jpeg2000Style.OfDefault(layers, tiles, new()), StringComparison.Ordinal);
    }

    [Fact]
    public void What_different_segments_ask_for_counts_together()
    {
        Assert.Null(Jpeg2000Size.Read(Siz(1024, 1024), out var size));
        byte[] manyLayers = [0, 0, 0xFF, 0xFF, 0, 0, 4, 4, 0, 1], oneLayer = [0, 0, 0, 1, 0, 0, 4, 4, 0, 1];
        byte[] manyPrecincts = [0, 1, 0, 4, 4, 0, 1, 0x22];
        var cost = new Jpeg2000Cost();
        Assert.Null(Jpeg2000Style.OfDefault(manyLayers, size, cost));
        Assert.Null(Jpeg2000Style.OfDefault(oneLayer, size, cost));
        Assert.Contains("65535 layers", Jpeg2000Style.OfComponent(manyPrecincts, size, cost), StringComparison.Ordinal);
        byte[] highThroughput = [0, 0, 0, 1, 0, 0, 4, 4, 0x40, 1];
        Assert.Contains("mixes", Jpeg2000Style.OfDefault(highThroughput, size, cost), StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Markers_of_part_2_are_refused()
    {
        var (_, stream) = Encoded(new Random(6), 20, 30, 12, isSigned: false, "-n", "3");
        var coding = stream.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0x52]);
        byte[] changed = [.. stream[..coding], 0xFF, 0x74, 0, 4, 0, 0, .. stream[coding..]];
        Assert.Contains("marker 74 of part 2", _decoder.Wrong(changed, 20, 30), StringComparison.Ordinal);
    }

    private static byte[] Siz(uint edge, uint tile) =>
        [0, 0, .. Big(edge), .. Big(edge), .. Big(0), .. Big(0), .. Big(tile), .. Big(tile), .. Big(0), .. Big(0), 0, 1, 11, 1, 1];

    private static byte[] Big(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }

    private void Check(ushort[] words, byte[] stream, int rows, int columns, int precision, bool isSigned)
    {
        var pixels = new byte[2 * words.Length];
        var decoded = _decoder.Decode(stream, new FrameForm(rows, columns, 16), pixels);
        Assert.Equal(new DecodedFrame(precision, null) { IsSigned = isSigned }, decoded);
        Assert.Equal(words, MemoryMarshal.Cast<byte, ushort>(pixels).ToArray());
        if (precision <= 8)
        {
            Assert.Equal(words.Select(word => (byte)word), _decoder.Bytes(stream, rows, columns));
        }
    }

    /// <summary>The samples, sign-extended to words, and their code stream by OpenJPEG's program; lossless by default.</summary>
    private (ushort[] Words, byte[] Stream) Encoded(
        Random random, int rows, int columns, int precision, bool isSigned, params string[] options)
    {
        var shift = isSigned ? 1 << (precision - 1) : 0;
        ushort[] words = [.. Frames.Random(random, rows * columns, precision, wild: false).Select(word => (ushort)(word - shift))];
        var samples = precision > 8 ? MemoryMarshal.AsBytes(words.AsSpan()).ToArray() : [.. words.Select(word => (byte)word)];
        File.WriteAllBytes(_folder["a.rawl"], samples);
        var form = $"{columns},{rows},1,{precision},{(isSigned ? 's' : 'u')}";
        string[] arguments = ["-i", _folder["a.rawl"], "-o", _folder["a.j2k"], "-F", form, .. options];
        var (code, output, errors) = Tool.Run("opj_compress", arguments);
        Assert.True(code == 0, output + errors);
        return (words, File.ReadAllBytes(_folder["a.j2k"]));
    }
}
