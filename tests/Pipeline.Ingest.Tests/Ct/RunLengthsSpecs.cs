using FsCheck.Xunit;
using MhdNet.Ingest.Ct.Dicom;

namespace MhdNet.Ingest.Tests.Ct;

public class RunLengthsSpecs
{
    [Fact]
    public void Runs_and_literals_of_both_bytes_come_together()
    {
        // High bytes: four times 1. Low bytes: 5, 6 as they are, a control byte of -128 that says nothing, then twice 7.
        byte[] packed = [2, 0, 0, 0, 64, 0, 0, 0, 66, 0, 0, 0, .. new byte[52], unchecked((byte)-3), 1, 1, 5, 6, 128, unchecked((byte)-1), 7];
        var pixels = new byte[8];
        Assert.Null(RunLengths.Unpack(packed, pixels, 2));
        Assert.Equal([5, 1, 6, 1, 7, 1, 7, 1], pixels);
    }

    [Fact]
    public void A_frame_that_ends_early_is_told_by_numbers()
    {
        byte[] packed = [1, 0, 0, 0, 64, 0, 0, 0, .. new byte[56], unchecked((byte)-2), 9];
        Assert.Equal("RLE segment 1 ends after 3 of 4 pixels", RunLengths.Unpack(packed, new byte[4], 1));
        Assert.Contains("2 segments", RunLengths.Unpack(packed, new byte[4], 2), StringComparison.Ordinal);
    }

    [Property]
    public void Any_bytes_give_pixels_or_a_sentence(byte[] header, byte[] runs, bool two)
    {
        byte[] packed = [(byte)(two ? 2 : 1), 0, 0, 0, 64, 0, 0, 0, 65, 0, 0, 0, .. header.Take(52), .. new byte[52 - Math.Min(header.Length, 52)], .. runs];
        var sentence = RunLengths.Unpack(packed, new byte[16], two ? 2 : 1);
        Assert.True(sentence is null || sentence.StartsWith("RLE segment", StringComparison.Ordinal));
    }
}
