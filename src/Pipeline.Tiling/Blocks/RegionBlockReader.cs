using MhdNet.Tiling.Slides;
using MhdNet.Tiling.Tiles;

namespace MhdNet.Tiling.Blocks;

/// <summary>
/// Reads blocks of any slide. A square full of tiles is read as one region, so that no cell inside is decoded twice; one with gaps is parted, so that
/// nothing outside the tissue is decoded. Where a region has damage, its tiles are read one by one.
/// </summary>
/// <param name="readers">Readers of the slide.</param>
/// <param name="grid">The tiles.</param>
/// <param name="downsample">Of the level that is read.</param>
internal sealed class RegionBlockReader(SlideReaders readers, TileGrid grid, double downsample) : IBlockReader
{
    private readonly LevelPlaces _places = new(grid, downsample);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<T>> Read<T>(TileBlock block, Func<PlannedTile, PixelView, T> readable, Func<PlannedTile, string, T> unreadable)
    {
        var results = new List<T>(block.Tiles.Count);
        foreach (var square in block.FullSquares(TileBlock.Order(grid)))
        {
            results.AddRange(await readers.Use<List<T>?>(reader => Whole(reader, square, readable), _ => null).ConfigureAwait(false)
                ?? await OneByOne(square, readable, unreadable).ConfigureAwait(false));
        }

        return results;
    }

    private List<T>? Whole<T>(ISlideReader reader, TileBlock block, Func<PlannedTile, PixelView, T> readable)
    {
        var box = _places.Box(block);
        using var region = reader.ReadRegion((long)Math.Round(box.Left * downsample), (long)Math.Round(box.Top * downsample), grid.Level, box.Width, box.Height);
        using var resampler = new Resampler(grid);
        var whole = PixelView.Of(region);
        return [.. block.Tiles.Select(tile => readable(tile, resampler.ToEdge(Part(tile))))];

        PixelView Part(PlannedTile tile)
        {
            var (x, y) = _places.Corner(tile);
            return new PixelView(whole.First + (nint)(((y - box.Top) * whole.Pitch) + ((x - box.Left) * 3)), whole.Pitch, grid.ReadWidth, grid.ReadHeight);
        }
    }

    private async Task<List<T>> OneByOne<T>(TileBlock block, Func<PlannedTile, PixelView, T> readable, Func<PlannedTile, string, T> unreadable)
    {
        var results = new List<T>(block.Tiles.Count);
        foreach (var tile in block.Tiles)
        {
            results.Add(await readers.Use(
                reader =>
                {
                    using var region = reader.ReadRegion(tile.X, tile.Y, grid.Level, grid.ReadWidth, grid.ReadHeight);
                    using var resampler = new Resampler(grid);
                    return readable(tile, resampler.ToEdge(PixelView.Of(region)));
                },
                error => unreadable(tile, error.Message)).ConfigureAwait(false));
        }

        return results;
    }
}
