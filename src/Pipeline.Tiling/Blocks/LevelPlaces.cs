using MhdNet.Tiling.Tiles;

namespace MhdNet.Tiling.Blocks;

/// <summary>Where tiles lie on the level that they are read from.</summary>
/// <param name="Grid">The tiles.</param>
/// <param name="Downsample">Level-0 pixels per pixel of the level.</param>
public sealed record LevelPlaces(TileGrid Grid, double Downsample)
{
    /// <summary>The tile's left and upper edge, rounded to pixels of the level.</summary>
    public (long Left, long Top) Corner(PlannedTile tile) => ((long)Math.Round(tile.X / Downsample), (long)Math.Round(tile.Y / Downsample));

    /// <summary>The smallest rectangle around all tiles of a block.</summary>
    public (long Left, long Top, int Width, int Height) Box(TileBlock block)
    {
        var corners = block.Tiles.Select(Corner).ToList();
        var (left, top) = (corners.Min(corner => corner.Left), corners.Min(corner => corner.Top));
        return (left, top, (int)(corners.Max(corner => corner.Left) - left) + Grid.ReadWidth, (int)(corners.Max(corner => corner.Top) - top) + Grid.ReadHeight);
    }
}
