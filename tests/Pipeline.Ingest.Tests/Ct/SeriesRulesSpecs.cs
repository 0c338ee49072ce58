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
        Assert.Equal("multi-frame", Code(s => s with { Frames = 2 }));
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
    public void Too_few_slices_and_too_many_gaps_are_refused_with_numbers()
    {
        Assert.Null(SeriesRules.Refusal(SliceOrder.Sort(Slices.Stack(16)), _settings));
        var few = SeriesRules.Refusal(SliceOrder.Sort(Slices.Stack(15)), _settings)!;
        Assert.Equal("too-few-slices", few.Code);
        Assert.Contains("15 slices", few.Sentence, StringComparison.Ordinal);
        var holes = SliceOrder.Sort([.. Slices.Stack(60).Where((_, i) => i is < 20 or > 44)]);
        Assert.Equal("missing-slices", SeriesRules.Refusal(holes, _settings)!.Code);
        Assert.Null(SeriesRules.Refusal(holes, _settings with { MaxMissing = 0.5 }));
    }

    private string Code(Func<SliceHeader, SliceHeader> change) => SeriesRules.Choose([.. Slices.Stack(30).Select(change)], _settings).Reason!.Code;
}
