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

    [Fact]
    public void Haematoxylin_counts_as_nuclear_and_eosin_does_not()
    {
        using var nuclei = new Mat(10, 10, MatType.CV_8UC3, new Scalar(70, 50, 130));
        using var eosin = new Mat(10, 10, MatType.CV_8UC3, new Scalar(225, 120, 190));
        Assert.Equal(1, StainSeparation.HaematoxylinShare(nuclei, Settings.NuclearAbove));
        Assert.Equal(0, StainSeparation.HaematoxylinShare(eosin, Settings.NuclearAbove));
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
