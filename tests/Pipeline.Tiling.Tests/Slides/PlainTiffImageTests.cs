using MhdNet.Tiling.Slides;
using NetVips;
using OpenCvSharp;

namespace MhdNet.Tiling.Tests.Slides;

public sealed class PlainTiffImageTests
{
    [Theory]
    [InlineData(Enums.ForeignTiffCompression.None)]
    [InlineData(Enums.ForeignTiffCompression.Lzw)]
    public void Strips_that_OpenSlide_refuses_are_read(Enums.ForeignTiffCompression compression)
    {
        using var folder = new TemporaryFolder();
        using (var image = Colours(600, 400))
        {
            image.Tiffsave(folder["plain.tif"], compression: compression, xres: 2000, yres: 4000, resunit: Enums.ForeignTiffResunit.Cm);
        }

        Assert.Throws<SlideException>(() => OpenSlideImage.Open(folder["plain.tif"]));
        using var slide = SlideFile.Open(folder["plain.tif"]);
        Assert.Equal([new SlideLevel(600, 400, 1)], slide.Levels);
        Assert.Equal(new SlideResolution(0.5, 0.25, ResolutionOrigin.TiffTags), SlideResolution.Of(slide.Properties, null));
        using var region = slide.ReadRegion(590, 390, 0, 20, 20);
        using var whole = slide.ReadRegion(0, 0, 0, 600, 400);
        using var expected = Cv2.ImRead(folder["plain.tif"]);
        Cv2.CvtColor(expected, expected, ColorConversionCodes.BGR2RGB);
        Assert.Equal(0, Cv2.Norm(expected, whole));
        Assert.Equal(expected.At<Vec3b>(395, 595), region.At<Vec3b>(5, 5));
        Assert.Equal(new Vec3b(255, 255, 255), region.At<Vec3b>(15, 15));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Pixels_that_are_no_colours_are_not_called_damaged(bool tiled)
    {
        using var folder = new TemporaryFolder();
        using (var image = Colours(600, 400))
        {
            image.Cast(Enums.BandFormat.Float).Tiffsave(folder["float.tif"], compression: Enums.ForeignTiffCompression.Lzw, tile: tiled);
        }

        var reason = Assert.Throws<SlideException>(() =>
        {
            using var slide = SlideFile.Open(folder["float.tif"]);
            using var region = slide.ReadRegion(0, 0, 0, 100, 100);
        }).Reason;
        Assert.Equal("unsupported-pixels", reason.Code);
        Assert.Contains("32-bit", reason.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_gigabytes_in_one_uncompressed_strip_are_read_in_parts()
    {
        using var folder = new TemporaryFolder();
        WriteOneStrip(folder["huge.tif"], 30_000, 25_000, compression: 1);
        using var slide = SlideFile.Open(folder["huge.tif"]);
        var before = GC.GetAllocatedBytesForCurrentThread();
        using var region = slide.ReadRegion(20_000, 24_000, 0, 224, 224);
        Assert.Equal(Scalar.Black, Cv2.Mean(region));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 << 20);
    }

    [Fact]
    public void An_image_in_one_huge_compressed_piece_is_refused_with_what_to_do()
    {
        using var folder = new TemporaryFolder();
        WriteOneStrip(folder["huge.tif"], 30_000, 25_000, compression: 5);
        var reason = Assert.Throws<SlideException>(() => SlideFile.Open(folder["huge.tif"])).Reason;
        Assert.Equal("untiled", reason.Code);
        Assert.Contains("vips tiffsave", reason.Sentence, StringComparison.Ordinal);
    }

    private static Image Colours(int width, int height)
    {
        using var xy = Image.Xyz(width, height);
        using var third = (xy[0] + xy[1]) % 251;
        return (xy[0] % 256).Bandjoin(xy[1] % 256, third).Cast(Enums.BandFormat.Uchar).Copy(interpretation: Enums.Interpretation.Srgb);
    }

    // 2.25 GB of pixels in one strip, none of them on the disk.
    private static void WriteOneStrip(string path, uint width, uint height, uint compression)
    {
        using var file = File.Create(path);
        using var writer = new BinaryWriter(file);
        writer.Write([(byte)'I', (byte)'I', 42, 0, 8, 0, 0, 0]);
        (ushort Tag, ushort Type, uint Count, uint Value)[] entries =
        [
            (256, 4, 1, width), (257, 4, 1, height), (258, 3, 3, 200), (259, 3, 1, compression), (262, 3, 1, 2), (273, 4, 1, 256), (277, 3, 1, 3),
            (278, 4, 1, height), (279, 4, 1, width * height * 3), (284, 3, 1, 1),
        ];
        writer.Write((ushort)entries.Length);
        foreach (var (tag, type, count, value) in entries)
        {
            writer.Write(tag);
            writer.Write(type);
            writer.Write(count);
            writer.Write(value);
        }

        writer.Write(0u);
        file.Position = 200;
        writer.Write([8, 0, 8, 0, 8, 0]);
        file.SetLength(256L + ((long)width * height * 3));
    }
}
