namespace MhdNet.Tiling.Tiles;

/// <summary>Spatial order of tiles, so that the 24 of a sequence lie together.</summary>
public static class TileOrder
{
    /// <summary>Orders tiles along the Hilbert curve of the smallest 2^n square that holds them.</summary>
    public static IReadOnlyList<PlannedTile> Hilbert(IReadOnlyList<PlannedTile> tiles)
    {
        var order = 0;
        while (tiles.Any(tile => Math.Max(tile.Column, tile.Row) >> order > 0))
        {
            order++;
        }

        return [.. tiles.OrderBy(tile => HilbertIndex(order, tile.Column, tile.Row))];
    }

    /// <summary>Position of a cell on the Hilbert curve of a 2^<paramref name="order"/> square (Warren, Hacker's Delight, chapter 16; the form with quadrant turns).</summary>
    public static long HilbertIndex(int order, int x, int y)
    {
        var index = 0L;
        for (var half = 1 << order >> 1; half > 0; half >>= 1)
        {
            int right = (x & half) > 0 ? 1 : 0, lower = (y & half) > 0 ? 1 : 0;
            index += (long)half * half * ((3 * right) ^ lower);
            (x, y) = (x & (half - 1), y & (half - 1));
            if (lower == 0)
            {
                (x, y) = right == 1 ? (half - 1 - y, half - 1 - x) : (y, x);
            }
        }

        return index;
    }
}
