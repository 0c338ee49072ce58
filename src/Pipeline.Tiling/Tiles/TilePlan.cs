using MhdNet.Tiling.Slides;
using MhdNet.Tiling.Tissue;

namespace MhdNet.Tiling.Tiles;

/// <summary>The tiles of a slide worth reading.</summary>
/// <param name="Grid">How they lie.</param>
/// <param name="Tiles">Tiles with enough tissue, in spatial order along a Hilbert curve: neighbours in the list are neighbours on the slide.</param>
/// <param name="Dropped">Tiles that are not read: with some tissue but too little, or with an artefact.</param>
/// <param name="Background">Number of tiles with neither tissue nor artefact.</param>
public sealed record TilePlan(TileGrid Grid, IReadOnlyList<PlannedTile> Tiles, IReadOnlyList<ExaminedTile> Dropped, int Background)
{
    /// <summary>Plans the tiles of a grid by a slide's mask.</summary>
    /// <param name="grid">How they lie.</param>
    /// <param name="mask">Where tissue and artefacts lie.</param>
    /// <param name="resolution">The slide's resolution.</param>
    /// <param name="filter">How much of each a tile may have.</param>
    public static TilePlan Of(TileGrid grid, TissueMask mask, SlideResolution resolution, TileFilterSettings filter) =>
        Of(grid, (x, y, width, height) => mask.Cover(x * resolution.MppX, y * resolution.MppY, width * resolution.MppX, height * resolution.MppY), filter);

    /// <summary>Plans the tiles of a grid.</summary>
    /// <param name="grid">How they lie.</param>
    /// <param name="cover">What covers the rectangle (x, y, width, height) in level-0 pixels.</param>
    /// <param name="filter">How much a tile may have of each; a tile without any tissue is never read.</param>
    public static TilePlan Of(TileGrid grid, Func<long, long, int, int, MaskCover> cover, TileFilterSettings filter)
    {
        var minTissue = filter.Uses(TileFilters.Tissue) ? filter.MinTissue : 0;
        var maxArtefact = filter.Uses(TileFilters.Artefacts) ? filter.MaxArtefact : 1;
        var (tiles, dropped, background) = (new List<PlannedTile>(), new List<ExaminedTile>(), 0);
        for (var row = 0; row < grid.Rows; row++)
        {
            for (var column = 0; column < grid.Columns; column++)
            {
                long x = (long)column * grid.Width, y = (long)row * grid.Height;
                var found = cover(x, y, grid.Width, grid.Height);
                var tile = new PlannedTile(column, row, x, y, found.Tissue);
                if (found.Artefact > maxArtefact)
                {
                    dropped.Add(new ExaminedTile(tile, TileVerdict.Artefact));
                }
                else if (found.Tissue <= 0)
                {
                    background++;
                }
                else if (found.Tissue < minTissue)
                {
                    dropped.Add(new ExaminedTile(tile, TileVerdict.Sparse));
                }
                else
                {
                    tiles.Add(tile);
                }
            }
        }

        return new TilePlan(grid, TileOrder.Hilbert(tiles), dropped, background);
    }
}
