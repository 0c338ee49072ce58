using MhdNet.Tiling.Tiles;

namespace MhdNet.Tiling.Blocks;

/// <summary>Reads the tiles of blocks.</summary>
public interface IBlockReader
{
    /// <summary>Shows every tile of a block, in order, at the grid's edge length.</summary>
    /// <param name="block">The block; each block is read at most once.</param>
    /// <param name="readable">What a tile becomes; the pixels are valid during the call.</param>
    /// <param name="unreadable">What a tile becomes that cannot be decoded, with the reason's sentence.</param>
    Task<IReadOnlyList<T>> Read<T>(TileBlock block, Func<PlannedTile, PixelView, T> readable, Func<PlannedTile, string, T> unreadable);
}
