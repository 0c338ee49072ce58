using MhdNet.Tiling.Pictures;
using MhdNet.Tiling.Slides;
using MhdNet.Tiling.Tiles;
using MhdNet.Tiling.Tissue;
using OpenCvSharp;

namespace MhdNet.Tiling.Tests.Pictures;

public sealed class TilingPictureTests
{
    private static readonly SlideResolution Resolution = new(0.5, 0.5, ResolutionOrigin.Scanner);

    [Theory]
    [InlineData(300, 200)]
    [InlineData(999, 500)]
    [InlineData(2.2, 2)]
    [InlineData(1000, 1000)]
    public void A_scale_bar_has_the_longest_round_length_that_fits(double longest, double length) => Assert.Equal(length, ScaleBar.RoundLength(longest));

    // 8 µm a pixel, drawn at 1000 / 500 pixels: 4 µm a pixel, so 1 mm is 250 pixels of the 320 there are.
    [Fact]
    public void The_scale_bar_is_as_long_as_it_says()
    {
        using var picture = Draw([]);
        using var ink = new Mat();
        Cv2.InRange(picture[new Rect(1020, 0, picture.Width - 1020, 80)], Scalar.All(0), Scalar.All(90), ink);
        var longest = Enumerable.Range(0, ink.Rows).Max(row => Cv2.CountNonZero(ink.Row(row)));
        Assert.InRange(longest, 249, 252);
    }

    [Fact]
    public void Kept_and_dropped_tiles_have_their_reasons_colour_where_they_lie()
    {
        var verdicts = Enum.GetValues<TileVerdict>().Where(verdict => verdict != TileVerdict.Planned).ToList();
        // Tiles of 112 µm are 28 pixels wide; each on the row of its own number.
        using var picture = Draw([.. verdicts.Select((verdict, i) => new ExaminedTile(new PlannedTile(2, i * 2, 2 * 224, i * 2 * 224, 1), verdict))]);
        foreach (var (verdict, i) in verdicts.Select((verdict, i) => (verdict, i)))
        {
            var colour = verdict == TileVerdict.Kept ? Marks.Spare : Marks.Of(verdict);
            var edge = picture.At<Vec3b>(44 + (i * 56) + 14, 20 + 56 + 1);
            Assert.True(Enumerable.Range(0, 3).All(c => Math.Abs(edge[c] - colour[c]) < 100), $"{verdict}: {edge} where {colour} should be");
        }
    }

    private static Mat Draw(IReadOnlyList<ExaminedTile> tiles)
    {
        using var overview = new SlideOverview(new Mat(400, 500, MatType.CV_8UC3, Scalar.All(240)), 8, 0);
        using var mask = TissueMask.Of(overview.Rgb, 8, new TissueSettings());
        var plan = new TilePlan(TileGrid.Of([new SlideLevel(8000, 6400, 1)], Resolution, 224, 0.5), [], [], 0);
        return Cv2.ImDecode(TilingPicture.Draw("slide", overview, mask, Resolution, plan, tiles, []), ImreadModes.Color);
    }
}
