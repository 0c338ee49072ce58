using MhdNet.Tiling.Blocks;
using MhdNet.Tiling.Phantom;
using MhdNet.Tiling.Slides;
using MhdNet.Tiling.Tiles;
using MhdNet.Tiling.Tissue;
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

    // From quality 90 libvips writes RGB tiles, which have no Adobe marker that would say so.
    [Theory]
    [InlineData(85)]
    [InlineData(95)]
    public void Tiles_of_RGB_and_of_YCbCr_equal_what_OpenSlide_reads(int quality)
    {
        using var folder = new TemporaryFolder();
        using (var noise = NetVips.Image.Gaussnoise(700, 520, sigma: 40, mean: 150, seed: 3))
        using (var colours = noise.Bandjoin(noise.Rot180(), noise.Flip(NetVips.Enums.Direction.Horizontal)).Cast(NetVips.Enums.BandFormat.Uchar).Copy(interpretation: NetVips.Enums.Interpretation.Srgb))
        {
            colours.Tiffsave(folder["slide.tif"], compression: NetVips.Enums.ForeignTiffCompression.Jpeg, q: quality, tile: true, tileWidth: 240, tileHeight: 240, pyramid: true);
        }

        using var opened = OpenSlideImage.Open(folder["slide.tif"]);
        using var cells = TiledJpegSlide.Of(opened)!;
        Assert.Equal(quality < 90, MhdNet.Tiling.Slides.Tiff.JpegDirectories.Of(folder["slide.tif"])[0].IsYCbCr);
        for (var level = 0; level < opened.LevelCount; level++)
        {
            AssertEqual(opened, cells, 0, 0, level, (int)opened.Levels[level].Width, (int)opened.Levels[level].Height);
        }
    }

    // OpenSlide 3.4 cannot read such places in a generic TIFF.
    [Fact]
    public void Places_without_a_tile_are_white_and_those_beside_them_equal_what_OpenSlide_reads()
    {
        using var folder = new TemporaryFolder();
        SparseTiff.Write(folder["slide.tif"], 1000, 700, (20_000, 20_000), [StainedTile.Jpeg], (column, row) => (column + row) % 2 == 0 ? 0 : null);
        using var opened = OpenSlideImage.Open(folder["slide.tif"]);
        using var cells = TiledJpegSlide.Of(opened)!;
        AssertEqual(opened, cells, 256, 256, 0, 256, 256);
        AssertEqual(opened, cells, 768, 256, 0, 256, 256);
        using Mat hole = cells.ReadRegion(512, 256, 0, 256, 256), beyond = cells.ReadRegion(512, 690, 0, 256, 100);
        Assert.Equal(new Scalar(255, 255, 255), Cv2.Mean(hole));
        using var below = beyond.RowRange(10, 100);
        Assert.Equal(new Scalar(255, 255, 255), Cv2.Mean(below));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    public void Scaled_decoding_is_near_the_average_of_the_pixels(int scale)
    {
        using var folder = new TemporaryFolder();
        SparseTiff.Write(folder["slide.tif"], 1024, 768, (20_000, 20_000), [StainedTile.Jpeg], (_, _) => 0);
        using var opened = OpenSlideImage.Open(folder["slide.tif"]);
        using var cells = TiledJpegSlide.Of(opened)!;
        var level = cells.Levels.ToList().FindIndex(candidate => candidate.Scale == scale);
        Assert.Equal((1024 / scale, 768 / scale, (double)scale), ((int)cells.Levels[level].Width, (int)cells.Levels[level].Height, cells.Levels[level].Downsample));
        using Mat full = cells.ReadRegion(0, 0, 0, 1024, 768), averaged = new(), scaled = cells.ReadRegion(0, 0, level, 1024 / scale, 768 / scale), difference = new();
        Cv2.Resize(full, averaged, scaled.Size(), interpolation: InterpolationFlags.Area);
        Cv2.Absdiff(averaged, scaled, difference);
        Assert.InRange(Cv2.Mean(difference.Reshape(1)).Val0, 0, 4);
    }

    [Fact]
    public void Every_needed_tile_is_decoded_once_and_no_other()
    {
        using var folder = new TemporaryFolder();
        SparseTiff.Write(folder["slide.tif"], 6000, 5000, (20_000, 20_000), [StainedTile.Jpeg], (_, _) => 0);
        using var opened = OpenSlideImage.Open(folder["slide.tif"]);
        using var cells = TiledJpegSlide.Of(opened)!;
        var grid = TileGrid.Of(cells.Levels, SlideResolution.Of(cells.Properties, null)!, 200, 0.5);
        var plan = TilePlan.Of(grid, (x, y, _, _) => new MaskCover(x < 3000 && y < 2600 ? 1 : 0), new TileFilterSettings());
        var blocks = TileBlock.Of(plan.Tiles, 2);
        var reader = new CellBlockReader(cells, grid, blocks);
        var needed = plan.Tiles.SelectMany(tile => cells.Cells(0).Covering(tile.X, tile.Y, 200, 200)).Distinct().Count();
        Assert.All(blocks, block => Assert.All(reader.Read(block, (tile, rgb) => Same(opened, tile, rgb), (_, _) => false).Result, Assert.True));
        Assert.Equal(needed, cells.Decoded);
    }

    private static unsafe bool Same(OpenSlideImage opened, PlannedTile tile, PixelView rgb)
    {
        using var expected = opened.ReadRegion(tile.X, tile.Y, 0, rgb.Width, rgb.Height);
        return Enumerable.Range(0, rgb.Height).All(y => new ReadOnlySpan<byte>(rgb.Row(y), rgb.Width * 3).SequenceEqual(new ReadOnlySpan<byte>((byte*)expected.Ptr(y), rgb.Width * 3)));
    }

    private static void AssertEqual(OpenSlideImage opened, TiledJpegSlide cells, long x, long y, int level, int width, int height)
    {
        using Mat expected = opened.ReadRegion(x, y, level, width, height), found = cells.ReadRegion(x, y, level, width, height), difference = new();
        Cv2.Absdiff(expected, found, difference);
        Cv2.MinMaxLoc(difference.Reshape(1), out _, out double most);
        Assert.True(most == 0, $"level {level}: {Cv2.CountNonZero(difference.Reshape(1))} of {difference.Total() * 3} values differ, by up to {most}");
    }
}
