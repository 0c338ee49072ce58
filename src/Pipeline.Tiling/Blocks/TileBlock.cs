using MhdNet.Tiling.Tiles;

namespace MhdNet.Tiling.Blocks;

/// <summary>Planned tiles that are read together: those of one square of the tile grid.</summary>
/// <param name="Tiles">In Hilbert order; at least one.</param>
public sealed record TileBlock(IReadOnlyList<PlannedTile> Tiles)
{
    private const int LongestEdge = 2048;

    /// <summary>How many tiles the largest square has in a row, as a power of two, so that it is at most 2048 pixels wide and 16 MB large: it should stay in the processor's cache.</summary>
    public static int Order(TileGrid grid)
    {
        var edge = Math.Max(grid.ReadWidth, grid.ReadHeight);
        var order = 0;
        while (edge << (order + 1) <= LongestEdge)
        {
            order++;
        }

        return order;
    }

    /// <summary>
    /// Cuts tiles in Hilbert order into blocks. The curve passes through each square of 2^<paramref name="order"/> tiles at once, so the blocks one after the other
    /// are the tiles in their order, and nothing has to be put aside for the sequences.
    /// </summary>
    public static IReadOnlyList<TileBlock> Of(IReadOnlyList<PlannedTile> tiles, int order)
    {
        var blocks = new List<TileBlock>();
        for (var start = 0; start < tiles.Count;)
        {
            var end = start + 1;
            while (end < tiles.Count && Square(tiles[end]) == Square(tiles[start]))
            {
                end++;
            }

            blocks.Add(new TileBlock([.. tiles.Skip(start).Take(end - start)]));
            start = end;
        }

        return blocks;

        (int Column, int Row) Square(PlannedTile tile) => (tile.Column >> order, tile.Row >> order);
    }

    /// <summary>Parts the block into the fewest squares of the curve without gaps, in order.</summary>
    /// <param name="order">The block's own order.</param>
    public IEnumerable<TileBlock> FullSquares(int order)
    {
        var columns = Tiles.Max(tile => tile.Column) - Tiles.Min(tile => tile.Column) + 1;
        var rows = Tiles.Max(tile => tile.Row) - Tiles.Min(tile => tile.Row) + 1;
        return order == 0 || Tiles.Count == columns * rows ? [this] : Of(Tiles, order - 1).SelectMany(block => block.FullSquares(order - 1));
    }
}
