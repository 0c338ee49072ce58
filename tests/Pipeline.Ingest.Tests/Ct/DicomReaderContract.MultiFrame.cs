namespace MhdNet.Ingest.Tests.Ct;

/// <summary>Enhanced multi-frame images: one header a frame, one frame's pixels at a time.</summary>
public abstract partial class DicomReaderContract
{
    [Fact]
    public void Each_frame_has_its_own_place_and_scale()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["e.dcm"], EnhancedCt.File(5, f => 100 - (2.5 * f)));
        var headers = _reader.ReadHeaders(folder["e.dcm"]).Value!;
        Assert.Equal([100, 97.5, 95, 92.5, 90], headers.Select(h => h.Position!.Value.Z));
        Assert.All(headers, h => Assert.Equal(((0.5, 0.5), 2.5, "HU", 5, 0.0), (h.PixelSpacing, h.SliceThickness, h.RescaleType, h.Frames, h.Orientation!.Value.TiltDegrees)));
        Assert.All(Enumerable.Range(0, 5), f => Assert.Equal(EnhancedCt.Hu(f), _reader.Hu(folder["e.dcm"], f)));
    }

    [Fact]
    public void Deflated_frames_are_those_of_the_plain_file()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["e.dcm"], EnhancedCt.FileDeflated(5));
        Assert.All(Enumerable.Range(0, 5), f => Assert.Equal(EnhancedCt.Hu(f), _reader.Hu(folder["e.dcm"], f)));
    }

    // Big endian exchanges the bytes of words; of frames of 7 x 7 bytes every second begins in the middle of one.
    [Theory]
    [InlineData(8, "OW", false, false)]
    [InlineData(8, "OW", true, false)]
    [InlineData(7, "OW", true, false)]
    [InlineData(8, "OB", true, false)]
    [InlineData(7, "OB", true, false)]
    [InlineData(7, "OW", false, true)]
    public void Frames_of_bytes_are_read_in_every_byte_order(int edge, string vr, bool bigEndian, bool deflated)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["e.dcm"], EnhancedCt.FileOfBytes(5, edge, vr, bigEndian, deflated));
        Assert.All(Enumerable.Range(0, 5), f => Assert.Equal(EnhancedCt.Hu(f, edge), _reader.Hu(folder["e.dcm"], f)));
    }

    [Fact]
    public void Frames_that_are_not_described_have_no_position()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["m.dcm"], DicomBytes.Slice(new ushort[32], extra: new() { [0x0028_0008] = ("IS", "2") }));
        Assert.Null(_reader.ReadHeader(folder["m.dcm"]).Value!.Position);
        File.WriteAllBytes(folder["s.dcm"], DicomBytes.Slice(new ushort[16], extra: new() { [0x0028_0008] = ("IS", "1") }));
        Assert.NotNull(_reader.ReadHeader(folder["s.dcm"]).Value!.Position);
    }

    [Fact]
    public void Zeros_behind_the_pixels_are_padding_and_half_an_element_is_a_file_cut_short()
    {
        using var folder = new TemporaryFolder();
        var whole = DicomBytes.Slice([.. Enumerable.Range(0, 16).Select(i => (ushort)i)]);
        File.WriteAllBytes(folder["padded.dcm"], [.. whole, .. new byte[100]]);
        Assert.Equal(Enumerable.Range(0, 16).Select(i => (short)(i - 1024)), _reader.Hu(folder["padded.dcm"]));
        File.WriteAllBytes(folder["cut.dcm"], [.. whole, 0xFC, 0xFF, 0xFC, 0xFF, (byte)'O', (byte)'B']);
        Assert.Equal("truncated", _reader.ReadHeader(folder["cut.dcm"]).Reason!.Code);
    }

    [Fact]
    public void A_multi_frame_image_that_describes_fewer_frames_than_it_has_is_malformed()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["e.dcm"], EnhancedCt.File(5, f => f, described: 4));
        Assert.Equal("malformed", _reader.ReadHeaders(folder["e.dcm"]).Reason!.Code);
    }

    [Fact]
    public void A_multi_frame_image_cut_anywhere_is_refused()
    {
        using var folder = new TemporaryFolder();
        var whole = EnhancedCt.File(3, f => f);
        for (var length = 140; length < whole.Length; length += 37)
        {
            File.WriteAllBytes(folder["e.dcm"], whole.AsSpan(0, length));
            Assert.True(_reader.ReadHeaders(folder["e.dcm"]).Reason?.Code is "truncated" or "malformed", $"{length} of {whole.Length}");
        }
    }

    [SkippableFact]
    public void The_real_enhanced_file_reads_frame_by_frame()
    {
        var headers = _reader.ReadHeaders(Repository.Shared("data/ct/enhanced/eCT_Supplemental.dcm")).Value!;
        Assert.Equal(2, headers.Count);
        Assert.All(headers, h => Assert.True(h.Position is not null && h.Orientation is not null && h.PixelSpacing is not null && h.Slope is not null, h.ToString()));
        Assert.NotEqual(headers[0].Position, headers[1].Position);
        Assert.All(headers, h => Assert.True(_reader.ReadPixels(h) is { Ok: true } or { Reason.Code: "not-hounsfield" }));
    }
}
