using MhdNet.Tiling.Slides;

namespace MhdNet.Tiling.Tiles;

/// <summary>
/// How tiles of a wanted resolution lie on a slide: whole level-0 pixels, without gap or overlap, from the upper left corner. Only whole tiles count.
/// A tile's edge is rounded to level-0 pixels, so its true resolution differs from the target by at most half a level-0 pixel in the tile's edge.
/// </summary>
/// <param name="Edge">Edge of a tile in pixels of the result.</param>
/// <param name="Width">Width of a tile in level-0 pixels.</param>
/// <param name="Height">Height of a tile in level-0 pixels; differs from the width where the slide's pixels are not square.</param>
/// <param name="Columns">Whole tiles in a row.</param>
/// <param name="Rows">Rows of whole tiles.</param>
/// <param name="Level">The level to read: the deepest that need not be enlarged, else 0.</param>
/// <param name="ReadWidth">Width to read, in pixels of that level.</param>
/// <param name="ReadHeight">Height to read, in pixels of that level.</param>
public sealed record TileGrid(int Edge, int Width, int Height, int Columns, int Rows, int Level, int ReadWidth, int ReadHeight)
{
    /// <summary>How much the read pixels are shrunk horizontally; below 1 they are enlarged.</summary>
    public double ResampleX => ReadWidth / (double)Edge;

    /// <summary>How much the read pixels are shrunk vertically; below 1 they are enlarged.</summary>
    public double ResampleY => ReadHeight / (double)Edge;

    /// <summary>Lays the grid.</summary>
    /// <param name="levels">The slide's pyramid.</param>
    /// <param name="resolution">Size of a level-0 pixel.</param>
    /// <param name="edge">Edge of a tile in pixels of the result.</param>
    /// <param name="targetMpp">µm per pixel of the result.</param>
    public static TileGrid Of(IReadOnlyList<SlideLevel> levels, SlideResolution resolution, int edge, double targetMpp)
    {
        var width = Math.Max(1, (int)Math.Round(edge * targetMpp / resolution.MppX));
        var height = Math.Max(1, (int)Math.Round(edge * targetMpp / resolution.MppY));
        var level = 0;
        for (var deeper = 1; deeper < levels.Count; deeper++)
        {
            var downsample = levels[deeper].Downsample;
            if (Math.Min(Math.Round(width / downsample), Math.Round(height / downsample)) >= edge && downsample > levels[level].Downsample)
            {
                level = deeper;
            }
        }

        return Of(levels, edge, width, height, level);
    }

    /// <summary>Lays the grid of a level's own pixels.</summary>
    /// <param name="levels">The slide's pyramid.</param>
    /// <param name="level">The level.</param>
    /// <param name="edge">Edge of a tile in pixels of the level.</param>
    public static TileGrid OfLevel(IReadOnlyList<SlideLevel> levels, int level, int edge)
    {
        var edge0 = Math.Max(1, (int)Math.Round(edge * levels[level].Downsample));
        return Of(levels, edge, edge0, edge0, level) with { ReadWidth = edge, ReadHeight = edge };
    }

    private static TileGrid Of(IReadOnlyList<SlideLevel> levels, int edge, int width, int height, int level)
    {
        return new TileGrid(
            edge, width, height, (int)(levels[0].Width / width), (int)(levels[0].Height / height), level,
            (int)Math.Round(width / levels[level].Downsample), (int)Math.Round(height / levels[level].Downsample));
    }
}
