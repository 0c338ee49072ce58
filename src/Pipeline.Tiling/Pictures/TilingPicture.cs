using MhdNet.Tiling.Slides;
using MhdNet.Tiling.Tiles;
using MhdNet.Tiling.Tissue;
using OpenCvSharp;

namespace MhdNet.Tiling.Pictures;

/// <summary>What people look at to see whether a slide was cut well: tissue outline, kept and dropped tiles, counts, scale.</summary>
public static class TilingPicture
{
    /// <summary>Largest width or height of the slide in the picture, in pixels.</summary>
    public const int SlideEdge = 1000;

    private const int Margin = 20;
    private const int LegendWidth = 360;
    private const int MinHeight = 560;

    /// <summary>Draws the picture.</summary>
    /// <param name="title">The item's id.</param>
    /// <param name="overview">The slide at low power.</param>
    /// <param name="mask">Its tissue.</param>
    /// <param name="resolution">Its resolution.</param>
    /// <param name="plan">Its grid.</param>
    /// <param name="tiles">The judged tiles; empty where none was read.</param>
    /// <param name="sequences">The tiles of each sequence.</param>
    /// <returns>JPEG, at most 1400 pixels wide and 1064 high.</returns>
    public static byte[] Draw(
        string title, SlideOverview overview, TissueMask mask, SlideResolution resolution, TilePlan plan,
        IReadOnlyList<ExaminedTile> tiles, IReadOnlyList<IReadOnlyList<PlannedTile>> sequences)
    {
        using var slide = Small(overview, out var mpp);
        Outline(slide, mask, mask.Mpp / mpp);
        var used = sequences.SelectMany(sequence => sequence).ToHashSet();
        TileMarks.Draw(slide, plan.Grid, tiles, used, resolution.MppX / mpp, resolution.MppY / mpp);

        using var canvas = Titled(title, slide);
        var legend = new Point(slide.Width + (2 * Margin), Margin + 48);
        legend = ScaleBar.Draw(canvas, legend, mpp, LegendWidth - (2 * Margin));
        Legend.Draw(canvas, legend, mask, TileCounts.Of(plan.Background, tiles, used.Count), sequences.Count, resolution, judged: tiles.Count > 0, planned: tiles.Count(tile => tile.Verdict == TileVerdict.Planned));
        return Encoded(canvas);
    }

    /// <summary>Draws a slide that nothing was looked for on.</summary>
    /// <param name="title">The item's id.</param>
    /// <param name="reason">Why not: a reason's code.</param>
    /// <param name="overview">The slide at low power.</param>
    /// <returns>JPEG, of the same size as the others.</returns>
    public static byte[] Thumbnail(string title, string reason, SlideOverview overview)
    {
        using var slide = Small(overview, out _);
        using var canvas = Titled(title, slide);
        PictureText.Write(canvas, reason, new Point(slide.Width + (2 * Margin), Margin + 62), 0.55);
        return Encoded(canvas);
    }

    private static Mat Small(SlideOverview overview, out double mpp)
    {
        var scale = SlideEdge / (double)Math.Max(overview.Rgb.Width, overview.Rgb.Height);
        mpp = overview.Mpp / scale;
        var slide = new Mat();
        Cv2.Resize(overview.Rgb, slide, default, scale, scale, scale < 1 ? InterpolationFlags.Area : InterpolationFlags.Linear);
        Cv2.CvtColor(slide, slide, ColorConversionCodes.RGB2BGR);
        return slide;
    }

    private static Mat Titled(string title, Mat slide)
    {
        var canvas = new Mat(Math.Max(slide.Height + (2 * Margin) + 24, MinHeight), slide.Width + (2 * Margin) + LegendWidth, MatType.CV_8UC3, Scalar.White);
        using var place = canvas[new Rect(Margin, Margin + 24, slide.Width, slide.Height)];
        slide.CopyTo(place);
        PictureText.Write(canvas, title, new Point(Margin, Margin + 8), 0.6);
        return canvas;
    }

    private static byte[] Encoded(Mat canvas)
    {
        Cv2.ImEncode(".jpg", canvas, out var jpeg, new ImageEncodingParam(ImwriteFlags.JpegQuality, 88));
        return jpeg;
    }

    private static void Outline(Mat slide, TissueMask mask, double scale)
    {
        Cv2.FindContours(mask.Mask, out var contours, out _, RetrievalModes.CComp, ContourApproximationModes.ApproxSimple);
        IEnumerable<Point[]> scaled = contours.Select(contour => contour.Select(p => new Point((int)((p.X + 0.5) * scale), (int)((p.Y + 0.5) * scale))).ToArray());
        Cv2.Polylines(slide, scaled, isClosed: true, Marks.Outline, thickness: 2, LineTypes.Link8);
    }
}
