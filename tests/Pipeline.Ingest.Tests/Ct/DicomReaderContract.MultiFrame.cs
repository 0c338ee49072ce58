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
