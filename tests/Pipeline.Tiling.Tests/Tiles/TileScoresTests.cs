using FsCheck.Xunit;
using MhdNet.Tiling.Blocks;
using MhdNet.Tiling.Tiles;
using OpenCvSharp;

namespace MhdNet.Tiling.Tests.Tiles;

public sealed class TileScoresTests
{
    private static readonly TileFilterSettings Settings = new();

    [Fact]
    public void White_and_grey_tiles_are_named()
    {
        using var white = new Mat(224, 224, MatType.CV_8UC3, Scalar.All(240));
        using var grey = new Mat(224, 224, MatType.CV_8UC3, Scalar.All(150));
        Assert.Equal(TileVerdict.White, TileScores.Of(white, Settings).Judge(Settings));
        Assert.Equal(TileVerdict.Colourless, TileScores.Of(grey, Settings).Judge(Settings));
    }

    // Fails every filter at once, so that each that is switched off hands on to the next.
    [Theory]
    [InlineData("all", TileVerdict.White)]
    [InlineData("saturation,focus,cells", TileVerdict.Colourless)]
    [InlineData("focus,cells", TileVerdict.Blurred)]
    [InlineData("cells", TileVerdict.CellSparse)]
    [InlineData("tissue", TileVerdict.Kept)]
    [InlineData("none", TileVerdict.Kept)]
    public void A_filter_that_is_switched_off_drops_nothing(string use, TileVerdict expected)
    {
        Assert.Null(TileFilterNames.Parse(use, out var filters));
        Assert.Equal(expected, new TileScores(1, 0, 0, 0).Judge(Settings with { Use = filters }));
    }

    [Fact]
    public void Haematoxylin_counts_as_nuclear_and_eosin_does_not()
    {
        using var nuclei = new Mat(10, 10, MatType.CV_8UC3, new Scalar(70, 50, 130));
        using var eosin = new Mat(10, 10, MatType.CV_8UC3, new Scalar(225, 120, 190));
        Assert.Equal(1, TileScores.Of(nuclei, Settings).Nuclear);
        Assert.Equal(0, TileScores.Of(eosin, Settings).Nuclear);
    }

    [Property]
    public void Vectors_add_up_to_what_single_pixels_do(int seed, byte contrast)
    {
        using var rgb = new Mat(33, 64, MatType.CV_8UC3);
        Cv2.SetTheRNG((ulong)(uint)seed);
        Cv2.Randu(rgb, Scalar.All(0), Scalar.All(256));
        using var flat = new Mat(rgb.Size(), MatType.CV_8UC3, new Scalar(190, 120, 170));
        Cv2.AddWeighted(rgb, contrast / 255.0, flat, 1 - (contrast / 255.0), 0, rgb);
        var settings = Settings with { WhiteAbove = 150 };
        var (vector, scalar) = (VectorPixelSums.Of(PixelView.Of(rgb), settings), ScalarPixelSums.Of(PixelView.Of(rgb), settings));
        Assert.Equal((scalar.White, scalar.Laplacian, scalar.LaplacianSquares), (vector.White, vector.Laplacian, vector.LaplacianSquares));
        Assert.Equal(scalar.Saturation / 544, vector.Saturation / 544, 0.001);
        Assert.InRange(vector.Nuclear - scalar.Nuclear, -8, 8); // a pixel within 1e-4 of the limit may fall on the other side
    }

    [SkippableFact]
    public void Saturation_and_focus_are_what_OpenCV_calculates()
    {
        var patch = Directory.GetFiles(Repository.Shared("data/patches/lc25000-lung-unique/lung_aca")).Order(StringComparer.Ordinal).First();
        using Mat rgb = Cv2.ImRead(patch), half = new(), hsv = new(), grey = new(), laplacian = new(), mean = new(), deviation = new();
        Cv2.CvtColor(rgb, rgb, ColorConversionCodes.BGR2RGB);
        Cv2.Resize(rgb, half, default, 0.5, 0.5, InterpolationFlags.Nearest); // every second pixel
        Cv2.CvtColor(half, hsv, ColorConversionCodes.RGB2HSV);
        Cv2.CvtColor(rgb, grey, ColorConversionCodes.RGB2GRAY);
        Cv2.Laplacian(grey, laplacian, MatType.CV_64F);
        Cv2.MeanStdDev(laplacian, mean, deviation);
        var scores = TileScores.Of(rgb, Settings);
        Assert.Equal(Cv2.Mean(hsv).Val1, scores.Saturation, 0.05);
        Assert.InRange(scores.Focus / Math.Pow(deviation.At<double>(0), 2), 0.99, 1.01);
    }

    [SkippableFact]
    public void A_quarter_of_the_pixels_says_of_real_patches_what_all_do()
    {
        foreach (var patch in Directory.GetFiles(Repository.Shared("data/patches/lc25000-lung-unique/lung_scc")).Order(StringComparer.Ordinal).Take(40))
        {
            using Mat rgb = Cv2.ImRead(patch), doubled = new();
            Cv2.CvtColor(rgb, rgb, ColorConversionCodes.BGR2RGB);
            Cv2.Resize(rgb, doubled, default, 2, 2, InterpolationFlags.Nearest); // of this, every second pixel is each of the patch
            var (sampled, all) = (TileScores.Of(rgb, Settings), TileScores.Of(doubled, Settings));
            Assert.Equal(all.Nuclear, sampled.Nuclear, 0.01);
            Assert.Equal(all.White, sampled.White, 0.005);
            Assert.Equal(all.Saturation, sampled.Saturation, 0.5);
        }
    }

    [SkippableFact]
    public void A_real_patch_is_kept_and_dropped_once_it_is_blurred()
    {
        var patch = Directory.GetFiles(Repository.Shared("data/patches/lc25000-lung-unique/lung_aca")).Order(StringComparer.Ordinal).First();
        using var rgb = Cv2.ImRead(patch);
        Cv2.CvtColor(rgb, rgb, ColorConversionCodes.BGR2RGB);
        Assert.Equal(TileVerdict.Kept, TileScores.Of(rgb, Settings).Judge(Settings));
        Cv2.GaussianBlur(rgb, rgb, new Size(0, 0), 3);
        Assert.Equal(TileVerdict.Blurred, TileScores.Of(rgb, Settings).Judge(Settings));
    }
}
