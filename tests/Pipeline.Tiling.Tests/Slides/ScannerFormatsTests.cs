using System.Globalization;
using MhdNet.Tiling.Slides;
using OpenCvSharp;

namespace MhdNet.Tiling.Tests.Slides;

/// <summary>What scanners write, read tile by tile, equals what OpenSlide makes of it. The bound is 0.</summary>
public sealed class ScannerFormatsTests
{
    private const int Width = 1100;
    private const int Height = 700;

    [Theory]
    [InlineData(256, 80, 1, 1, true)]
    [InlineData(256, 80, 2, 1, true)]
    [InlineData(240, 70, 2, 2, true)]
    [InlineData(256, 80, 2, 2, false)]
    [InlineData(512, 90, 2, 1, false)]
    public void Every_subsampling_with_shared_tables_and_with_own(int tile, int quality, int across, int down, bool shared)
    {
        using var folder = new TemporaryFolder();
        Write(folder["slide.tif"], new ScannerFormat(tile, quality, (across, down)) { SharesTables = shared }, Width, Height, (_, _, _) => true);
        AssertEqual(folder["slide.tif"], "generic-tiff");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void RGB_tiles_that_no_marker_calls_so(bool shared)
    {
        using var folder = new TemporaryFolder();
        Write(folder["slide.svs"], ScannerFormat.Aperio(Width, Height, "0.4990") with { SharesTables = shared }, Width, Height, (_, _, _) => true);
        AssertEqual(folder["slide.svs"], "aperio");
    }

    // Philips pads every level to whole tiles; the true sizes follow from the pixel spacings. Places that were not scanned have no tile.
    [Fact]
    public void A_Philips_slide_with_places_that_were_not_scanned()
    {
        using var folder = new TemporaryFolder();
        Write(folder["slide.tiff"], Philips(3), 2048, 1536, (level, column, row) => level > 0 || (column + row) % 3 > 0);
        AssertEqual(folder["slide.tiff"], "philips");
        using var opened = OpenSlideImage.Open(folder["slide.tiff"]);
        Assert.Equal("0.25", opened.Properties["openslide.mpp-x"]);
    }

    // OpenSlide draws what Aperio left out, and what lies over it in coarser levels, from the finer level; the other tiles are decoded one by one, so that damage is seen that OpenSlide passes over.
    [Fact]
    public void An_Aperio_slide_with_places_that_were_not_scanned()
    {
        using var folder = new TemporaryFolder();
        Write(folder["slide.svs"], ScannerFormat.Aperio(Width, Height, "0.4990"), Width, Height, (level, column, row) => level > 0 || (column, row) is not ((1, 0) or (4, 2)));
        AssertEqual(folder["slide.svs"], "aperio");
    }

    private static ScannerFormat Philips(int levels)
    {
        var representations = string.Concat(Enumerable.Range(0, levels).Select(level => string.Create(
            CultureInfo.InvariantCulture,
            $"""<DataObject ObjectType="PixelDataRepresentation"><Attribute Name="DICOM_PIXEL_SPACING" Group="0x0028" Element="0x0030" PMSVR="IDoubleArray">&quot;{0.00025 * (1 << level)}&quot; &quot;{0.00025 * (1 << level)}&quot;</Attribute><Attribute Name="PIIM_PIXEL_DATA_REPRESENTATION_NUMBER" Group="0x301D" Element="0x100B" PMSVR="IUInt16">{level}</Attribute></DataObject>""")));
        return new ScannerFormat(512, 80, (2, 2))
        {
            Software = "Philips DP v1.0",
            Description = $"""
                <?xml version="1.0" encoding="UTF-8" ?>
                <DataObject ObjectType="DPUfsImport"><Attribute Name="PIM_DP_SCANNED_IMAGES" Group="0x301D" Element="0x1003" PMSVR="IDataObjectArray"><Array><DataObject ObjectType="DPScannedImage"><Attribute Name="PIM_DP_IMAGE_TYPE" Group="0x301D" Element="0x1004" PMSVR="IString">WSI</Attribute><Attribute Name="DICOM_PIXEL_SPACING" Group="0x0028" Element="0x0030" PMSVR="IDoubleArray">&quot;0.00025&quot; &quot;0.00025&quot;</Attribute><Attribute Name="PIIM_PIXEL_DATA_REPRESENTATION_SEQUENCE" Group="0x1001" Element="0x8B01" PMSVR="IDataObjectArray"><Array>{representations}</Array></Attribute></DataObject></Array></Attribute></DataObject>
                """,
        };
    }

    /// <summary>Three levels of blurred noise; Philips: each padded to whole tiles.</summary>
    private static void Write(string path, ScannerFormat format, int width, int height, Func<int, int, int, bool> stored)
    {
        using var tiff = new ScannerTiff(path, format);
        var philips = format.Software.StartsWith("Philips", StringComparison.Ordinal);
        for (var level = 0; level < 3; level++)
        {
            var (w, h) = (width >> level, height >> level);
            var (padded, tall) = ((w + format.Tile - 1) / format.Tile * format.Tile, (h + format.Tile - 1) / format.Tile * format.Tile);
            using var image = new Mat(tall, padded, MatType.CV_8UC3);
            Cv2.SetTheRNG((ulong)(level + 1));
            Cv2.Randn(image, new Scalar(150, 90, 140), Scalar.All(40));
            Cv2.GaussianBlur(image, image, new Size(0, 0), 1.2);
            var number = level;
            tiff.Level(philips ? padded : w, philips ? tall : h, (column, row) => stored(number, column, row) ? Pixels(image, column, row, format.Tile) : null);
        }
    }

    private static byte[] Pixels(Mat image, int column, int row, int tile)
    {
        using var part = image[new Rect(column * tile, row * tile, tile, tile)];
        using var copy = part.Clone();
        copy.GetArray(out Vec3b[] pixels);
        return [.. pixels.SelectMany(pixel => new[] { pixel.Item0, pixel.Item1, pixel.Item2 })];
    }

    private static void AssertEqual(string path, string vendor)
    {
        using var opened = OpenSlideImage.Open(path);
        Assert.Equal(vendor, opened.Properties["openslide.vendor"]);
        Assert.Equal(3, opened.LevelCount);
        using var cells = TiledJpegSlide.Of(opened);
        Assert.NotNull(cells);
        for (var level = 0; level < opened.LevelCount; level++)
        {
            var (width, height) = opened.GetLevelDimensions(level);
            using Mat expected = opened.ReadRegion(0, 0, level, (int)width + 30, (int)height + 30), found = cells.ReadRegion(0, 0, level, (int)width + 30, (int)height + 30), difference = new();
            Cv2.Absdiff(expected, found, difference);
            Assert.True(Cv2.CountNonZero(difference.Reshape(1)) == 0, $"level {level}, {width} x {height}: {Cv2.CountNonZero(difference.Reshape(1))} values differ");
        }
    }
}
