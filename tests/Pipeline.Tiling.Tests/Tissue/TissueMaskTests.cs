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
        Assert.Equal(1, mask.Share(110 * 8, 110 * 8, 112, 112));
        Assert.Equal(1, mask.Share(150 * 8, 150 * 8, 100, 100));
        Assert.Equal(0, mask.Share(0, 0, 400, 400));
        Assert.InRange(mask.Share(40 * 8, 100 * 8, 120 * 8, 120 * 8), 0.49, 0.51);
    }

    [Fact]
    public void A_large_hole_stays()
    {
        using var image = Glass();
        Cv2.Rectangle(image, new Rect(50, 50, 200, 200), Pink, -1);
        Cv2.Rectangle(image, new Rect(120, 120, 60, 60), Scalar.All(240), -1);
        using var mask = TissueMask.Of(image, 8, Settings);
        Assert.Equal(0, mask.Share(145 * 8, 145 * 8, 80, 80));
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

    private static Mat Glass() => new(300, 300, MatType.CV_8UC3, Scalar.All(240));
}
