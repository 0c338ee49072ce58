using MhdNet.Ingest.Ct;
using MhdNet.Ingest.Ct.Dicom;

namespace MhdNet.Ingest.Tests.Ct;

public class SeriesRulesSpecs
{
    private readonly CtSettings _settings = new();

    [Fact]
    public void A_plain_stack_is_taken_whole()
    {
        var choice = SeriesRules.Choose(Slices.Stack(40), _settings);
        Assert.Equal(40, choice.Value!.Slices.Count);
        Assert.Empty(choice.Value.Notes);
    }

    [Fact]
    public void Each_kind_of_wrong_series_has_its_own_code()
    {
        Assert.Equal("localizer", Code(s => s with { ImageType = ["ORIGINAL", "PRIMARY", "LOCALIZER"] }));
        Assert.Equal("secondary-capture", Code(s => s with { SopClassUid = "1.2.840.10008.5.1.4.1.1.7" }));
        Assert.Equal("not-ct", Code(s => s with { Modality = "MR" }));
        Assert.Equal("derived", Code(s => s with { ImageType = ["DERIVED", "SECONDARY", "AXIAL", "CT_SOM5 MPR"] }));
        Assert.Equal("derived", Code(s => s with { ImageType = ["DERIVED", "SECONDARY", "REFORMATTED", "AVERAGE"] }));
        Assert.Equal("no-geometry", Code(s => s with { Position = null }));
        var (sin, cos) = Math.SinCos(31 * Math.PI / 180);
        Assert.Equal("not-axial", Code(s => s with { Orientation = new SliceOrientation(new Vector(1, 0, 0), new Vector(0, cos, sin)) }));
        Assert.Equal("not-axial", Code(s => s with { Orientation = new SliceOrientation(new Vector(0, 1, 0), new Vector(0, 0, -1)) }));
        Assert.Equal("several-series", Code(s => s with { SeriesInstanceUid = "1." + s.SopInstanceUid }));
    }

    [Fact]
    public void A_localizer_inside_the_stack_is_left_out_and_noted()
    {
        var choice = SeriesRules.Choose([.. Slices.Stack(40), Slices.At(900) with { ImageType = ["ORIGINAL", "PRIMARY", "LOCALIZER"] }], _settings);
        Assert.Equal(40, choice.Value!.Slices.Count);
        Assert.Contains("1 of 41 images left out: localizers", choice.Value.Notes);
    }

    [Fact]
    public void A_few_slices_of_another_size_are_left_out_half_of_them_are_too_many()
    {
        SliceHeader[] Mixed(int others) => [.. Slices.Stack(40), .. Slices.Stack(others).Select(s => s with { Rows = 256, SopInstanceUid = s.SopInstanceUid + ".1" })];
        Assert.Equal(40, SeriesRules.Choose(Mixed(8), _settings).Value!.Slices.Count);
        var reason = SeriesRules.Choose(Mixed(35), _settings).Reason!;
        Assert.Equal("mixed-geometry", reason.Code);
        Assert.Contains("the most frequent 40 times", reason.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lossy_copy_is_derived_and_taken_all_the_same() =>
        Assert.True(SeriesRules.Choose([.. Slices.Stack(30).Select(s => s with { ImageType = ["DERIVED", "PRIMARY", "AXIAL"] })], _settings).Ok);

    [Fact]
    public void Planes_that_are_not_axial_are_left_out_of_a_series_that_has_an_axial_stack()
    {
        var coronal = new SliceOrientation(new Vector(1, 0, 0), new Vector(0, 0, -1));
        var choice = SeriesRules.Choose([.. Slices.Stack(20), .. Slices.Stack(40).Select(s => s with { Orientation = coronal, SopInstanceUid = s.SopInstanceUid + ".1" })], _settings);
        Assert.Equal(20, choice.Value!.Slices.Count);
        Assert.Contains("40 of 60 images left out: tilted by 90 degrees", Assert.Single(choice.Value.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Another_frame_of_reference_is_another_stack()
    {
        var choice = SeriesRules.Choose([.. Slices.Stack(40), .. Slices.Stack(10).Select(s => s with { FrameOfReferenceUid = "9", SopInstanceUid = s.SopInstanceUid + ".1" })], _settings);
        Assert.Equal(40, choice.Value!.Slices.Count);
        Assert.Equal("10 of 50 slices left out: another orientation, size or pixel spacing", Assert.Single(choice.Value.Notes));
    }

    [Fact]
    public void A_series_over_time_is_refused_a_few_overlapping_slices_of_two_acquisitions_are_not()
    {
        SliceHeader[] Twice(int positions) => [.. Slices.Stack(40), .. Slices.Stack(positions).Select(s => s with { AcquisitionNumber = 2, SopInstanceUid = s.SopInstanceUid + ".2" })];
        Assert.Null(StackRules.Refusal(SliceOrder.Sort(Twice(4)), _settings));
        var reason = StackRules.Refusal(SliceOrder.Sort(Twice(40)), _settings)!;
        Assert.Equal("repeated-positions", reason.Code);
        Assert.Contains("at 40 of 40 positions lie several images", reason.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_few_slices_and_too_many_gaps_are_refused_with_numbers()
    {
        Assert.Null(StackRules.Refusal(SliceOrder.Sort(Slices.Stack(16)), _settings));
        var few = StackRules.Refusal(SliceOrder.Sort(Slices.Stack(15)), _settings)!;
        Assert.Equal("too-few-slices", few.Code);
        Assert.Contains("15 slices", few.Sentence, StringComparison.Ordinal);
        var holes = SliceOrder.Sort([.. Slices.Stack(60).Where((_, i) => i is < 20 or > 44)]);
        Assert.Equal("missing-slices", StackRules.Refusal(holes, _settings)!.Code);
        Assert.Null(StackRules.Refusal(holes, _settings with { MaxMissing = 0.5 }));
    }

    private string Code(Func<SliceHeader, SliceHeader> change) => SeriesRules.Choose([.. Slices.Stack(30).Select(change)], _settings).Reason!.Code;
}
