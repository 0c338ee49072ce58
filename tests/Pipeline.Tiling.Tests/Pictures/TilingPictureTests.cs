using MhdNet.Tiling.Pictures;
using MhdNet.Tiling.Slides;
using MhdNet.Tiling.Tiles;
using MhdNet.Tiling.Tissue;
using OpenCvSharp;

namespace MhdNet.Tiling.Tests.Pictures;

public sealed class TilingPictureTests
{
    private static readonly SlideResolution Resolution = new(0.5, 0.5, ResolutionOrigin.Scanner);

    private static readonly TileGrid Grid = TileGrid.Of([new SlideLevel(8000, 6400, 1)], Resolution, 224, 0.5);

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
        using var picture = Draw();
        using var ink = new Mat();
        Cv2.InRange(picture[new Rect(1020, 0, picture.Width - 1020, 80)], Scalar.All(0), Scalar.All(90), ink);
        var longest = Enumerable.Range(0, ink.Rows).Max(row => Cv2.CountNonZero(ink.Row(row)));
        Assert.InRange(longest, 249, 252);
    }

    [Fact]
    public void Kept_and_dropped_tiles_are_framed_in_their_reasons_colour_where_they_lie()
    {
        var verdicts = Enum.GetValues<TileVerdict>();
        using var slide = new Mat(28 * verdicts.Length, 112, MatType.CV_8UC3, Scalar.White);
        TileMarks.Draw(slide, Grid, [.. verdicts.Select((verdict, row) => new ExaminedTile(new PlannedTile(2, row, 2 * 224, row * 224, 1), verdict))], [], 0.125, 0.125);
        Assert.All(verdicts, verdict =>
        {
            var (colour, frame) = (verdict == TileVerdict.Kept ? Marks.Spare : Marks.Of(verdict), slide.At<Vec3b>(((int)verdict * 28) + 14, 57));
            Assert.Equal((colour.Val0, colour.Val1, colour.Val2), (frame.Item0, frame.Item1, frame.Item2));
        });
    }

    private static Mat Draw()
    {
        using var overview = new SlideOverview(new Mat(400, 500, MatType.CV_8UC3, Scalar.All(240)), 8, 0);
        using var mask = TissueMask.Of(overview.Rgb, 8, new TissueSettings());
        var plan = new TilePlan(Grid, [], [], 0);
        return Cv2.ImDecode(TilingPicture.Draw("slide", overview, mask, Resolution, plan, [], []), ImreadModes.Color);
    }
}
