using MhdNet.Tiling.Slides;
using OpenCvSharp;

namespace MhdNet.Tiling.Tests.Slides;

public sealed class OpenSlideImageTests
{
    [SkippableFact]
    public void Reads_the_pyramid_and_its_properties()
    {
        using var slide = OpenSlideImage.Open(Repository.Shared("data/wsi/cmu1_small_pyramid.svs"));
        Assert.Equal(5, slide.LevelCount);
        Assert.Equal((2220, 2967), slide.GetLevelDimensions(0));
        Assert.Equal((138, 185), slide.GetLevelDimensions(4));
        Assert.Equal(4.0020242914979756, slide.GetLevelDownsample(2), 12);
        Assert.Equal("0.499", slide.Properties["openslide.mpp-x"]);
    }

    [SkippableFact]
    public void Outside_the_slide_is_white()
    {
        using var slide = OpenSlideImage.Open(Repository.Shared("data/wsi/cmu-1-small-region.svs"));
        using var region = slide.ReadRegion(-100, -100, 0, 64, 32);
        Assert.Equal(new Size(64, 32), region.Size());
        Assert.Equal(new Scalar(255, 255, 255, 0), Cv2.Mean(region));
    }

    // Corner pixels as python3-openslide reads them.
    [SkippableFact]
    public void Pixels_are_red_green_blue()
    {
        using var slide = OpenSlideImage.Open(Repository.Shared("data/wsi/cmu-1-small-region.svs"));
        using var region = slide.ReadRegion(1000, 1000, 0, 224, 224);
        Assert.Equal(new Vec3b(67, 34, 65), region.At<Vec3b>(0, 0));
        Assert.Equal(new Vec3b(158, 97, 163), region.At<Vec3b>(223, 223));
    }

    [SkippableFact]
    public void What_is_no_slide_is_named_with_its_size()
    {
        var path = Repository.Shared("data/wsi/broken.svs");
        var error = Assert.Throws<SlideException>(() => OpenSlideImage.Open(path));
        Assert.Equal("not-a-slide", error.Reason.Code);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Contains("1,001 bytes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_named() =>
        Assert.Equal("missing-file", Assert.Throws<SlideException>(() => OpenSlideImage.Open("gone/slide.svs")).Reason.Code);

    [Fact]
    public void Half_transparent_pixels_are_laid_over_white()
    {
        using var rgb = PremultipliedArgb.OverWhite([0xFF102030, 0x80400000, 0x00000000], 3, 1);
        Assert.Equal(new Vec3b(0x10, 0x20, 0x30), rgb.At<Vec3b>(0, 0));
        Assert.Equal(new Vec3b(0x40 + 127, 127, 127), rgb.At<Vec3b>(0, 1));
        Assert.Equal(new Vec3b(255, 255, 255), rgb.At<Vec3b>(0, 2));
    }
}
