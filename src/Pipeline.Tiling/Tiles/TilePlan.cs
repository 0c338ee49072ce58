namespace MhdNet.Tiling.Tiles;

/// <summary>The tiles of a slide worth reading.</summary>
/// <param name="Grid">How they lie.</param>
/// <param name="Tiles">Tiles with enough tissue, in spatial order along a Hilbert curve: neighbours in the list are neighbours on the slide.</param>
/// <param name="Sparse">Tiles with some tissue, but too little.</param>
/// <param name="Background">Number of tiles without any.</param>
public sealed record TilePlan(TileGrid Grid, IReadOnlyList<PlannedTile> Tiles, IReadOnlyList<PlannedTile> Sparse, int Background)
{
    /// <summary>Plans the tiles of a grid.</summary>
    /// <param name="grid">How they lie.</param>
    /// <param name="tissue">Share of tissue of the rectangle (x, y, width, height) in level-0 pixels.</param>
    /// <param name="minTissue">Share from which a tile is worth reading; a tile without any tissue never is.</param>
    public static TilePlan Of(TileGrid grid, Func<long, long, int, int, double> tissue, double minTissue)
    {
        List<PlannedTile> tiles = [], sparse = [];
        var background = 0;
        for (var row = 0; row < grid.Rows; row++)
        {
            for (var column = 0; column < grid.Columns; column++)
            {
                long x = (long)column * grid.Width, y = (long)row * grid.Height;
                var share = tissue(x, y, grid.Width, grid.Height);
                if (share <= 0)
                {
                    background++;
                    continue;
                }

                (share >= minTissue ? tiles : sparse).Add(new PlannedTile(column, row, x, y, share));
            }
        }

        return new TilePlan(grid, TileOrder.Hilbert(tiles), sparse, background);
    }
}
