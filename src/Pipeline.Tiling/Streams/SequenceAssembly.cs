using MhdNet.Tiling.Slides;
using MhdNet.Tiling.Tiles;

namespace MhdNet.Tiling.Streams;

/// <summary>Puts kept tiles, as they come in order, into sequences.</summary>
internal sealed class SequenceAssembly
{
    private List<PlannedTile> _tiles = [];
    private List<byte[]> _pixels = [];
    private int _number;

    /// <summary>Takes the tiles of a block.</summary>
    /// <returns>The block's tiles without their pixels, then the sequences that became full.</returns>
    public IEnumerable<SlidePart> Take(IReadOnlyList<JudgedTile> block)
    {
        yield return new SlidePart([.. block.Select(judged => judged.Tile)]);
        foreach (var judged in block)
        {
            if (judged.Pixels is not { } pixels)
            {
                continue;
            }

            _tiles.Add(judged.Tile.Tile);
            _pixels.Add(pixels);
            if (_tiles.Count == SlideSettings.SequenceLength)
            {
                var full = new PixelSequence(_number++, _tiles, _pixels);
                (_tiles, _pixels) = ([], []);
                yield return new SlidePart([], full);
            }
        }
    }
}
