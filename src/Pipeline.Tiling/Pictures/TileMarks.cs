using MhdNet.Tiling.Tiles;
using OpenCvSharp;

namespace MhdNet.Tiling.Pictures;

/// <summary>The tiles' frames on the slide: kept ones open, dropped ones with a cross.</summary>
internal static class TileMarks
{
    public static void Draw(Mat slide, TileGrid grid, IReadOnlyList<ExaminedTile> tiles, HashSet<PlannedTile> used, double scaleX, double scaleY)
    {
        var inset = grid.Width * scaleX > 12 ? 1 : 0;
        foreach (var tile in tiles)
        {
            var left = (int)Math.Round(tile.Tile.X * scaleX) + inset;
            var top = (int)Math.Round(tile.Tile.Y * scaleY) + inset;
            var right = (int)Math.Round((tile.Tile.X + grid.Width) * scaleX) - 1 - inset;
            var bottom = (int)Math.Round((tile.Tile.Y + grid.Height) * scaleY) - 1 - inset;
            var kept = tile.Verdict is TileVerdict.Kept or TileVerdict.Planned;
            var colour = kept ? (used.Contains(tile.Tile) ? Marks.Used : Marks.Spare) : Marks.Of(tile.Verdict);
            Cv2.Rectangle(slide, new Point(left, top), new Point(right, bottom), colour, kept ? 1 + inset : 1);
            if (!kept && inset > 0)
            {
                Cv2.Line(slide, new Point(left, top), new Point(right, bottom), colour, 1, LineTypes.AntiAlias);
                Cv2.Line(slide, new Point(left, bottom), new Point(right, top), colour, 1, LineTypes.AntiAlias);
            }
        }
    }
}
