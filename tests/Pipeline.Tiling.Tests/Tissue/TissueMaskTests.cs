using MhdNet.Tiling.Tissue;
using OpenCvSharp;

namespace MhdNet.Tiling.Tests.Tissue;

public sealed class TissueMaskTests
{
    private static readonly TissueSettings Settings = new();

    private static readonly Scalar Pink = new(210, 120, 170);

    [Fact]
    public void A_pink_square_is_found_without_its_hole_and_without_the_speck()
    {
        using var image = Glass();
        Cv2.Rectangle(image, new Rect(100, 100, 150, 150), Pink, -1);
        Cv2.Rectangle(image, new Rect(150, 150, 15, 15), Scalar.All(240), -1);
        Cv2.Rectangle(image, new Rect(20, 20, 8, 8), Pink, -1);
        using var mask = TissueMask.Of(image, 8, Settings);
        Assert.Null(TissueVerdict.Of(mask, "a.svs", Settings));
        Assert.InRange(mask.TissueShare, 0.98 * 22500 / 90000, 1.02 * 22500 / 90000);
        Assert.Equal(1, mask.Cover(110 * 8, 110 * 8, 112, 112).Tissue);
        Assert.Equal(1, mask.Cover(150 * 8, 150 * 8, 100, 100).Tissue);
        Assert.Equal(0, mask.Cover(0, 0, 400, 400).Tissue);
        Assert.InRange(mask.Cover(40 * 8, 100 * 8, 120 * 8, 120 * 8).Tissue, 0.49, 0.51);
    }

    [Fact]
    public void A_large_hole_stays()
    {
        using var image = Glass();
        Cv2.Rectangle(image, new Rect(50, 50, 200, 200), Pink, -1);
        Cv2.Rectangle(image, new Rect(120, 120, 60, 60), Scalar.All(240), -1);
        using var mask = TissueMask.Of(image, 8, Settings);
        Assert.Equal(0, mask.Cover(145 * 8, 145 * 8, 80, 80).Tissue);
    }

    [Fact]
    public void Bare_glass_is_no_tissue_whatever_its_noise()
    {
        using var image = Glass();
        using var noise = new Mat(image.Size(), MatType.CV_8UC3);
        Cv2.SetTheRNG(7);
        Cv2.Randn(noise, Scalar.All(4), Scalar.All(2));
        Cv2.Subtract(image, noise, image);
        using var mask = TissueMask.Of(image, 8, Settings);
        var reason = TissueVerdict.Of(mask, "blank.svs", Settings);
        Assert.Equal("no-tissue", reason?.Code);
        Assert.Contains("0.00 %", reason!.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_dark_background_is_not_bright_field()
    {
        using var image = new Mat(300, 300, MatType.CV_8UC3, Scalar.Black);
        Cv2.Circle(image, 150, 150, 60, new Scalar(0, 0, 255), -1);
        using var mask = TissueMask.Of(image, 8, Settings);
        Assert.Equal("not-brightfield", TissueVerdict.Of(mask, "dapi.ndpi", Settings)?.Code);
    }

    // Felt pens as scanners see them.
    [Theory]
    [InlineData(30, 120, 70)]
    [InlineData(40, 60, 180)]
    [InlineData(200, 30, 40)]
    [InlineData(20, 20, 25)]
    public void Pen_marks_are_no_tissue_whether_on_glass_or_across_it(int red, int green, int blue)
    {
        using var image = Glass();
        Cv2.Rectangle(image, new Rect(100, 100, 150, 150), Pink, -1);
        Cv2.Line(image, new Point(10, 30), new Point(290, 30), new Scalar(red, green, blue), 10);
        Cv2.Line(image, new Point(60, 180), new Point(290, 180), new Scalar(red, green, blue), 10);
        using var mask = TissueMask.Of(image, 8, Settings);
        Assert.Equal(0, mask.Cover(10 * 8, 25 * 8, 280 * 8, 10 * 8).Tissue);
        Assert.Equal(0, mask.Cover(60 * 8, 176 * 8, 220 * 8, 8 * 8).Tissue);
        Assert.Equal(1, mask.Cover(110 * 8, 110 * 8, 130 * 8, 50 * 8).Tissue);
    }

    [Fact]
    public void Pens_are_left_in_where_the_settings_say_so()
    {
        using var image = Glass();
        Cv2.Rectangle(image, new Rect(100, 100, 80, 80), new Scalar(30, 120, 70), -1);
        using var mask = TissueMask.Of(image, 8, Settings with { ExcludePen = false });
        Assert.Equal(1, mask.Cover(110 * 8, 110 * 8, 40 * 8, 40 * 8).Tissue);
    }

    // The grey ones have a tint that counts as tissue by saturation alone.
    [Theory]
    [InlineData(30, 18, 20)]
    [InlineData(92, 80, 84)]
    [InlineData(130, 114, 122)]
    public void The_black_or_grey_edge_of_a_coverslip_is_no_tissue(int red, int green, int blue)
    {
        using var image = Glass();
        Cv2.Rectangle(image, new Rect(100, 100, 150, 150), Pink, -1);
        Cv2.Rectangle(image, new Rect(0, 0, 12, 300), new Scalar(red, green, blue), -1);
        Cv2.Rectangle(image, new Rect(12, 0, 1, 300), new Scalar((red + 240) / 2, (green + 200) / 2, (blue + 220) / 2), -1);
        using var mask = TissueMask.Of(image, 8, Settings);
        Assert.Equal(0, mask.Cover(0, 0, 20 * 8, 300 * 8).Tissue);
        Assert.InRange(mask.TissueShare, 0.24, 0.26);
    }

    [SkippableTheory]
    [InlineData("cmu-1-small-region.svs", 0.35)]
    [InlineData("tcga-cr-7395-01a-01-ts1.svs", 0.60)]
    public void Real_stains_are_not_taken_for_ink(string name, double least)
    {
        using var slide = MhdNet.Tiling.Slides.OpenSlideImage.Open(Repository.Shared("data/wsi/" + name));
        using var overview = MhdNet.Tiling.Slides.SlideOverview.Read(slide, MhdNet.Tiling.Slides.SlideResolution.Of(slide.Properties, 0.5)!, 8);
        using Mat hsv = overview.Rgb.CvtColor(ColorConversionCodes.RGB2HSV), with = Artefacts.Of(hsv, overview.Mpp, Settings);
        Assert.Equal(0, Cv2.CountNonZero(with));
        using var mask = TissueMask.Of(overview.Rgb, overview.Mpp, Settings);
        Assert.InRange(mask.TissueShare, least, 1);
    }

    [SkippableTheory]
    [InlineData("lung_aca")]
    [InlineData("lung_scc")]
    [InlineData("lung_n")]
    public void Real_patches_are_not_taken_for_ink(string kind)
    {
        var inked = 0;
        var files = Directory.GetFiles(Repository.Shared("data/patches/lc25000-lung-unique/" + kind)).Order(StringComparer.Ordinal).ToList();
        foreach (var file in files)
        {
            using var rgb = Cv2.ImRead(file);
            Cv2.CvtColor(rgb, rgb, ColorConversionCodes.BGR2RGB);
            Cv2.Resize(rgb, rgb, default, 0.125, 0.125, InterpolationFlags.Area); // about what the mask sees
            using Mat hsv = rgb.CvtColor(ColorConversionCodes.RGB2HSV), found = Artefacts.Of(hsv, 4, Settings with { MinPieceUm2 = 2000 });
            inked += Cv2.CountNonZero(found) > 0 ? 1 : 0;
        }

        Assert.InRange(inked / (double)files.Count, 0, 0.02);
    }

    private static Mat Glass() => new(300, 300, MatType.CV_8UC3, Scalar.All(240));
}
