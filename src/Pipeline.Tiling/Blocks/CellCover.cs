using MhdNet.Tiling.Slides;

namespace MhdNet.Tiling.Blocks;

/// <summary>Which stored cells each block needs. Pure.</summary>
public sealed class CellCover
{
    private readonly Dictionary<TileBlock, IReadOnlyList<Cell>> _ofBlock;
    private readonly Dictionary<Cell, int> _shared;

    private CellCover(Dictionary<TileBlock, IReadOnlyList<Cell>> ofBlock, Dictionary<Cell, int> shared, int count) => (_ofBlock, _shared, Count) = (ofBlock, shared, count);

    /// <summary>How many different cells are needed.</summary>
    public int Count { get; }

    /// <summary>The cells under the tiles of a block, each once; no other cell is needed for it.</summary>
    public IReadOnlyList<Cell> Of(TileBlock block) => _ofBlock[block];

    /// <summary>How many blocks need a cell that at least one needs.</summary>
    public int Uses(Cell cell) => _shared.GetValueOrDefault(cell, 1);

    /// <summary>Finds the cells of all blocks.</summary>
    /// <param name="blocks">The blocks.</param>
    /// <param name="cells">How the cells lie.</param>
    /// <param name="places">Where the tiles lie.</param>
    public static CellCover Of(IReadOnlyList<TileBlock> blocks, CellGrid cells, LevelPlaces places)
    {
        var ofBlock = new Dictionary<TileBlock, IReadOnlyList<Cell>>(blocks.Count, ReferenceEqualityComparer.Instance);
        var uses = new Dictionary<Cell, int>();
        foreach (var block in blocks)
        {
            var needed = new HashSet<Cell>();
            foreach (var tile in block.Tiles)
            {
                var (left, top) = places.Corner(tile);
                needed.UnionWith(cells.Covering(left, top, places.Grid.ReadWidth, places.Grid.ReadHeight));
            }

            ofBlock.Add(block, [.. needed]);
            foreach (var cell in needed)
            {
                uses[cell] = uses.GetValueOrDefault(cell) + 1;
            }
        }

        return new CellCover(ofBlock, uses.Where(use => use.Value > 1).ToDictionary(), uses.Count);
    }
}
