using FsCheck.Xunit;
using MhdNet.Ingest.Ct.Codecs;

namespace MhdNet.Ingest.Tests.Ct.Codecs;

public class RunLengthsDecoderSpecs
{
    private readonly RunLengthsDecoder _decoder = new();

    [Fact]
    public void Runs_and_literals_of_both_bytes_come_together()
    {
        // High bytes: four times 1. Low bytes: 5, 6 as they are, a control byte of -128 that says nothing, then twice 7.
        byte[] runs = [unchecked((byte)-3), 1, 1, 5, 6, 128, unchecked((byte)-1), 7];
        byte[] packed = [2, 0, 0, 0, 64, 0, 0, 0, 66, 0, 0, 0, .. new byte[52], .. runs];
        Assert.Equal([0x105, 0x106, 0x107, 0x107], _decoder.Words(packed, 2, 2));
    }

    [Property]
    public void Any_frame_comes_back(ushort[] samples, byte columns)
    {
        var (rows, across) = (Math.Max(1, samples.Length / (columns + 1)), Math.Min(columns + 1, samples.Length));
        var frame = samples[..(rows * across)];
        if (frame.Length > 0)
        {
            byte[] high = [.. frame.Select(word => (byte)(word >> 8))], low = [.. frame.Select(word => (byte)word)];
            Assert.Equal(frame, _decoder.Words(Packed(high, low), rows, across));
            Assert.Equal(low, _decoder.Bytes(Packed(low), rows, across));
        }
    }

    [Fact]
    public void A_frame_that_ends_early_is_told_by_numbers()
    {
        byte[] packed = [1, 0, 0, 0, 64, 0, 0, 0, .. new byte[56], unchecked((byte)-2), 9];
        Assert.Equal("its RLE segment 1 ends after 3 of 4 pixels", _decoder.Wrong(packed, 2, 2, bits: 8));
        Assert.Contains("2 segments", _decoder.Wrong(packed, 2, 2), StringComparison.Ordinal);
    }

    [Property]
    public void Any_bytes_give_pixels_or_a_sentence(byte[] header, byte[] runs, bool two)
    {
        byte[] rest = [.. header.Take(52), .. new byte[52 - Math.Min(header.Length, 52)], .. runs];
        byte[] packed = [(byte)(two ? 2 : 1), 0, 0, 0, 64, 0, 0, 0, 65, 0, 0, 0, .. rest];
        var sentence = _decoder.Wrong(packed, 4, 2, two ? 16 : 8);
        Assert.True(sentence is null || sentence.StartsWith("its RLE segment", StringComparison.Ordinal));
    }

    [Fact]
    public void Mutants_give_pixels_or_a_sentence_in_time()
    {
        var random = new Random(5);
        var samples = Frames.Random(random, 30 * 41, 12, wild: false);
        var stream = Packed([.. samples.Select(word => (byte)(word >> 8))], [.. samples.Select(word => (byte)(word & 0xF0))]);
        Mutants.Check(_decoder, [stream], random, 30, 41);
    }

    /// <summary>Segments of runs where a byte comes twice or more, and of literals elsewhere.</summary>
    private static byte[] Packed(params byte[][] planes)
    {
        byte[][] segments = [.. planes.Select(plane => Runs(plane).ToArray())];
        var header = new int[16];
        header[0] = segments.Length;
        for (var (i, start) = (0, 64); i < segments.Length; start += segments[i++].Length)
        {
            header[i + 1] = start;
        }

        return [.. header.SelectMany(BitConverter.GetBytes), .. segments.SelectMany(segment => segment)];
    }

    private static IEnumerable<byte> Runs(byte[] plane)
    {
        for (var at = 0; at < plane.Length;)
        {
            var run = plane.Skip(at).Take(128).TakeWhile(value => value == plane[at]).Count();
            byte[] packed = run > 1 ? [(byte)(1 - run), plane[at]] : [0, plane[at]];
            at += run;
            foreach (var value in packed)
            {
                yield return value;
            }
        }
    }
}
