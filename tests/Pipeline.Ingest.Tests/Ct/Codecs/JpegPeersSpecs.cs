using System.Runtime.InteropServices;
using MhdNet.Ingest.Ct.Codecs;
using MhdNet.Ingest.Ct.Dicom;

namespace MhdNet.Ingest.Tests.Ct.Codecs;

/// <summary>Our JPEG decoders beside DCMTK's and GDCM's, on streams of our encoder, of theirs and of real scanners.</summary>
public class JpegPeersSpecs
{
    private readonly JpegLosslessDecoder _lossless = new();
    private readonly JpegExtendedDecoder _extended = new();

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void Lossless_streams_of_every_kind_decode_as_by_dcmdjpeg(bool isSigned)
    {
        var random = new Random(isSigned ? 1 : 2);
        foreach (var precision in Enumerable.Range(2, 15))
        {
            var (rows, columns, allocated) = (random.Next(3, 30), random.Next(3, 40), precision <= 8 ? 8 : 16);
            byte[][] streams =
            [
                .. from selection in Enumerable.Range(1, 7)
                   from codes in new[] { JpegCodes.Flat(random), JpegCodes.Skewed(random), JpegCodes.Full(random) }
                   let jpeg = new LosslessJpeg(rows, columns, precision, selection, codes) { RestartRows = selection % 3 }
                   select jpeg.Encode(Frames.Random(random, rows * columns, precision, wild: isSigned && selection < 4)),
            ];
            var length = rows * columns * allocated / 8;
            var file = Dcmtk.File(Dcmtk.Lossless, rows, columns, precision, isSigned, allocated, streams);
            var theirs = Dcmtk.Decode(file, streams.Length * length);
            var ours = new byte[length];
            for (var i = 0; i < streams.Length; i++)
            {
                Assert.Null(_lossless.Decode(streams[i], new FrameForm(rows, columns, allocated), ours).Wrong);
                Assert.True(ours.AsSpan().SequenceEqual(theirs.AsSpan(i * length, length)), $"{precision} bits, stream {i}");
            }
        }
    }

    [SkippableTheory]
    [InlineData(8, false)]
    [InlineData(12, false)]
    [InlineData(12, true)]
    [InlineData(16, false)]
    [InlineData(16, true)]
    public void Lossless_streams_of_dcmcjpeg_decode_to_what_went_in(int precision, bool isSigned)
    {
        var (rows, columns, allocated) = (61, 83, precision == 8 ? 8 : 16);
        var samples = Frames.Random(new Random(precision), rows * columns, precision, wild: false);
        var plain = allocated == 8 ? samples.Select(sample => (byte)sample).ToArray() : MemoryMarshal.AsBytes(samples.AsSpan()).ToArray();
        var file = Dcmtk.File(rows, columns, precision, isSigned, allocated, allocated == 8 ? (byte[])[.. plain, 0] : samples);
        foreach (var selection in Enumerable.Range(1, 7))
        {
            var compressed = Dcmtk.Run("dcmcjpeg", file, "+el", "+sv", $"{selection}", "+un");
            Assert.NotNull(compressed);
            var ours = new byte[plain.Length];
            var decoded = _lossless.Decode(Dcmtk.Stream(compressed), new FrameForm(rows, columns, allocated), ours);
            Assert.Equal(new DecodedFrame(allocated, null), decoded); // dcmcjpeg codes all bits that are allocated
            Assert.Equal(Dcmtk.Decode(compressed, plain.Length), ours);
            Assert.Equal(isSigned ? ours : plain, ours);
        }
    }

    [SkippableTheory]
    [InlineData(100)]
    [InlineData(90)]
    [InlineData(30)]
    public void Extended_streams_of_dcmcjpeg_decode_to_within_one_of_dcmdjpeg(int quality)
    {
        foreach (var (rows, columns, precision) in new[] { (61, 83, 12), (8, 8, 12), (1, 17, 12), (64, 40, 8) })
        {
            var allocated = precision == 8 ? 8 : 16;
            var samples = Frames.Random(new Random(quality), rows * columns, precision, wild: false);
            object pixels = allocated == 8 ? samples.Select(sample => (byte)sample).ToArray() : samples;
            var file = Dcmtk.File(rows, columns, precision, false, allocated, pixels);
            var compressed = Dcmtk.Run("dcmcjpeg", file, precision == 8 ? "+eb" : "+ee", "+q", $"{quality}", "+un");
            Assert.NotNull(compressed);
            var ours = new byte[rows * columns * allocated / 8];
            var decoded = _extended.Decode(Dcmtk.Stream(compressed), new FrameForm(rows, columns, allocated), ours);
            Assert.Equal(new DecodedFrame(precision, null), decoded);
            Assert.InRange(Largest(Dcmtk.Decode(compressed, ours.Length), ours, allocated), 0, 1);
        }
    }

    [SkippableFact]
    public void Real_slices_as_extended_JPEG_decode_to_within_one_of_dcmdjpeg()
    {
        foreach (var name in new[] { "01", "14", "28" })
        {
            var plain = File.ReadAllBytes(Repository.Shared($"data/ct/head-tilt-gaps/{name}.dcm"));
            var compressed = Dcmtk.Run("dcmcjpeg", plain, "+ee", "+un");
            Assert.NotNull(compressed);
            var ours = new byte[512 * 512 * 2];
            Assert.Null(_extended.Decode(Dcmtk.Stream(compressed), new FrameForm(512, 512, 16), ours).Wrong);
            Assert.InRange(Largest(Dcmtk.Decode(compressed, ours.Length), ours, 16), 0, 1);
        }
    }

    [SkippableTheory]
    [InlineData(12, 12, false)]
    [InlineData(12, 16, false)]
    [InlineData(12, 16, true)]
    [InlineData(16, 12, true)]
    [InlineData(16, 16, true)]
    [InlineData(10, 14, true)]
    [InlineData(9, 12, true)]
    [InlineData(13, 12, true)]
    public void Bits_of_the_stream_and_of_the_header_come_together_as_by_GDCM(int precision, int stored, bool isSigned)
    {
        var random = new Random(precision);
        var samples = Frames.Random(random, 31 * 17, precision, wild: false);
        var stream = new LosslessJpeg(31, 17, precision, 6, JpegCodes.Skewed(random)).Encode(samples);
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["a"], Dcmtk.File(Dcmtk.Lossless, 31, 17, stored, isSigned, stored == 8 ? 8 : 16, stream));
        Assert.Equal(0, Tool.Run("gdcmconv", "--raw", folder["a"], folder["raw"]).Code);
        var reader = new DicomReader();
        Assert.Equal(TransferSyntax.ExplicitLittleEndian, reader.ReadHeader(folder["raw"]).Value!.TransferSyntax);
        Assert.Equal(reader.Hu(folder["raw"]), reader.Hu(folder["a"]));
    }

    [Theory]
    [InlineData("1.2.840.10008.1.2.4.53", "spectral selection, retired", 1)]
    [InlineData("1.2.840.10008.1.2.4.55", "progressive JPEG, retired", 1)]
    [InlineData("1.2.840.10008.1.2.4.92", "JPEG 2000 part 2", 1)]
    [InlineData("1.2.840.10008.1.2.4.94", "JPIP", 1)]
    [InlineData("1.2.840.10008.1.2.4.102", "MPEG video", 1)]
    [InlineData("1.2.840.10008.1.2.4.102", "MPEG video", 300)]
    public void Codings_without_a_decoder_are_refused_by_name(string syntax, string name, int frames)
    {
        using var folder = new TemporaryFolder();
        var file = new CompressedSlice(syntax, 2, 2, 16, 12, IsSigned: false) { Frames = frames };
        File.WriteAllBytes(folder["a"], file.File([0, 0, 1, 0xB3]));
        var reader = new DicomReader();
        var reason = reader.ReadPixels(reader.ReadHeader(folder["a"]).Value!).Reason!;
        Assert.Equal("transfer-syntax", reason.Code);
        Assert.Contains(name, reason.Sentence, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_broken_stream_is_undecodable_and_says_where()
    {
        var jpeg = new LosslessJpeg(31, 17, 12, 1, JpegCodes.Flat(new Random(1)));
        var stream = jpeg.Encode(Frames.Random(new Random(1), 31 * 17, 12, wild: false));
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["a"], Dcmtk.File(Dcmtk.FirstOrder, 31, 17, 12, false, 16, stream[..(stream.Length / 2)]));
        var reader = new DicomReader();
        var reason = reader.ReadPixels(reader.ReadHeader(folder["a"]).Value!).Reason!;
        Assert.Equal("undecodable", reason.Code);
        Assert.Contains("its lossless JPEG ends in row", reason.Sentence, StringComparison.Ordinal);
    }

    private static int Largest(byte[] theirs, byte[] ours, int allocated) => allocated == 8
        ? theirs.Zip(ours, (a, b) => Math.Abs(a - b)).Max()
        : Words(theirs).Zip(Words(ours), (a, b) => Math.Abs(a - b)).Max();

    private static ushort[] Words(byte[] bytes) => MemoryMarshal.Cast<byte, ushort>(bytes).ToArray();
}
