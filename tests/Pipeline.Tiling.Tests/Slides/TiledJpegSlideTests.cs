using MhdNet.Tiling.Phantom;
using MhdNet.Tiling.Slides;
using OpenCvSharp;

namespace MhdNet.Tiling.Tests.Slides;

/// <summary>The bound is 0: OpenSlide decodes with the same library and settings, so not even rounding differs.</summary>
public sealed class TiledJpegSlideTests
{
    [SkippableTheory]
    [InlineData("cmu-1-small-region.svs")]
    [InlineData("cmu1_small_pyramid.svs")]
    public void Every_level_of_a_real_slide_equals_what_OpenSlide_reads(string name)
    {
        using var opened = OpenSlideImage.Open(Repository.Shared("data/wsi/" + name));
        using var cells = TiledJpegSlide.Of(opened)!;
        for (var level = 0; level < opened.LevelCount; level++)
        {
            AssertEqual(opened, cells, 0, 0, level, (int)opened.Levels[level].Width, (int)opened.Levels[level].Height);
        }

        AssertEqual(opened, cells, 777, 1333, 0, 224, 224);
        AssertEqual(opened, cells, -50, -70, 0, 300, 300);
        AssertEqual(opened, cells, opened.Levels[0].Width - 100, opened.Levels[0].Height - 100, 0, 224, 224);
    }

    [SkippableTheory]
    [InlineData("tcga-cr-7395-01a-01-ts1.svs")]
    [InlineData("test3-DAPI-2-(387).ndpi")]
    public void Slides_of_another_coding_are_left_to_OpenSlide(string name)
    {
        using var opened = OpenSlideImage.Open(Repository.Shared("data/wsi/" + name));
        Assert.Null(TiledJpegSlide.Of(opened));
    }

    [Fact]
    public void A_generic_pyramid_equals_what_OpenSlide_reads()
    {
        using var folder = new TemporaryFolder();
        SlidePhantom.Write(folder["slide.tif"], 0, 3, 1);
        using var opened = OpenSlideImage.Open(folder["slide.tif"]);
        using var cells = TiledJpegSlide.Of(opened)!;
        for (var level = 0; level < opened.LevelCount; level++)
        {
            AssertEqual(opened, cells, 0, 0, level, (int)opened.Levels[level].Width, (int)opened.Levels[level].Height);
        }
    }

    private static void AssertEqual(OpenSlideImage opened, TiledJpegSlide cells, long x, long y, int level, int width, int height)
    {
        using Mat expected = opened.ReadRegion(x, y, level, width, height), found = cells.ReadRegion(x, y, level, width, height), difference = new();
        Cv2.Absdiff(expected, found, difference);
        Cv2.MinMaxLoc(difference.Reshape(1), out _, out double most);
        Assert.True(most == 0, $"level {level}: {Cv2.CountNonZero(difference.Reshape(1))} of {difference.Total() * 3} values differ, by up to {most}");
    }
}
