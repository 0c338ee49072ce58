using System.Collections.Concurrent;
using MhdNet.Tiling.Slides;
using MhdNet.Tiling.Tiles;

namespace MhdNet.Tiling.Blocks;

/// <summary>Reads blocks of a slide of JPEG tiles: every cell is decoded once, straight into the block from which the tiles are cut; only cells on the border of two blocks are copied.</summary>
internal sealed unsafe class CellBlockReader : IBlockReader
{
    private readonly TiledJpegSlide _slide;
    private readonly LevelPlaces _places;
    private readonly CellGrid _cells;
    private readonly CellCover _cover;
    private readonly SharedCells _shared;
    private readonly ConcurrentBag<byte[]> _buffers = [];

    public CellBlockReader(TiledJpegSlide slide, TileGrid grid, IReadOnlyList<TileBlock> blocks)
    {
        (_slide, _places, _cells) = (slide, new LevelPlaces(grid, slide.Levels[grid.Level].Downsample), slide.Cells(grid.Level));
        _cover = CellCover.Of(blocks, _cells, _places);
        _shared = new SharedCells(_cover, _cells.Width * _cells.Height * 3);
    }

    private int Level => _places.Grid.Level;

    /// <inheritdoc/>
    public Task<IReadOnlyList<T>> Read<T>(TileBlock block, Func<PlannedTile, PixelView, T> readable, Func<PlannedTile, string, T> unreadable) =>
        Task.Run<IReadOnlyList<T>>(() => ReadNow(block, readable, unreadable));

    // Cells are decoded when the first tile needs them, so that a tile is looked at while its pixels are still in the cache.
    private List<T> ReadNow<T>(TileBlock block, Func<PlannedTile, PixelView, T> readable, Func<PlannedTile, string, T> unreadable)
    {
        var cells = _cover.Of(block);
        var (left, top) = (cells.Min(cell => cell.Column), cells.Min(cell => cell.Row));
        var pitch = (cells.Max(cell => cell.Column) - left + 1) * _cells.Width * 3;
        var bytes = pitch * (cells.Max(cell => cell.Row) - top + 1) * _cells.Height;
        var buffer = _buffers.TryTake(out var idle) && idle.Length >= bytes ? idle : GC.AllocateUninitializedArray<byte>(bytes, pinned: true);
        fixed (byte* first = buffer)
        {
            var filled = new Dictionary<Cell, bool>(cells.Count);
            using var resampler = new Resampler(_places.Grid);
            var results = new List<T>(block.Tiles.Count);
            foreach (var tile in block.Tiles)
            {
                var (x, y) = _places.Corner(tile);
                Cell? damaged = null;
                foreach (var cell in _cells.Covering(x, y, _places.Grid.ReadWidth, _places.Grid.ReadHeight))
                {
                    if (!filled.TryGetValue(cell, out var good))
                    {
                        filled.Add(cell, good = Fill(cell, first + ((long)(cell.Row - top) * _cells.Height * pitch) + ((cell.Column - left) * _cells.Width * 3), pitch));
                    }

                    damaged ??= good ? null : cell;
                }

                var corner = first + ((y - ((long)top * _cells.Height)) * pitch) + ((x - ((long)left * _cells.Width)) * 3);
                results.Add(damaged is { } bad
                    ? unreadable(tile, $"the JPEG tile in column {bad.Column}, row {bad.Row} of level {_slide.Levels[Level].Stored} of {_slide.Path} is damaged")
                    : readable(tile, resampler.ToEdge(new PixelView((nint)corner, pitch, _places.Grid.ReadWidth, _places.Grid.ReadHeight))));
            }

            _buffers.Add(buffer);
            return results;
        }
    }

    private bool Fill(Cell cell, byte* target, int pitch)
    {
        if (_cover.Uses(cell) == 1)
        {
            return _slide.Decode(Level, cell, target, pitch);
        }

        return _shared.Use(cell, pixels => Decoded(cell, pixels), pixels =>
        {
            var row = _cells.Width * 3;
            for (var y = 0; y < _cells.Height; y++)
            {
                pixels.AsSpan(y * row, row).CopyTo(new Span<byte>(target + ((long)y * pitch), row));
            }
        });
    }

    private bool Decoded(Cell cell, byte[] pixels)
    {
        fixed (byte* first = pixels)
        {
            return _slide.Decode(Level, cell, first, _cells.Width * 3);
        }
    }
}
