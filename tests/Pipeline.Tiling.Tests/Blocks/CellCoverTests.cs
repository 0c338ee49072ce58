using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using MhdNet.Tiling.Blocks;
using MhdNet.Tiling.Slides;
using MhdNet.Tiling.Tiles;
using MhdNet.Tiling.Tissue;

namespace MhdNet.Tiling.Tests.Blocks;

public sealed class CellCoverTests
{
    [Property]
    public Property Every_tile_is_covered_by_its_block_and_every_needed_cell_is_decoded_once() => Prop.ForAll(Slides(), slide =>
    {
        var (places, cells, blocks) = (slide.Places, slide.Cells, slide.Blocks);
        var cover = CellCover.Of(blocks, cells, places);
        var decoded = new List<Cell>();
        var shared = new SharedCells(cover, 2);
        foreach (var block in blocks)
        {
            var of = cover.Of(block).ToHashSet();
            foreach (var tile in block.Tiles)
            {
                var (left, top) = places.Corner(tile);
                for (var y = top; y < top + places.Grid.ReadHeight; y++)
                {
                    Assert.Contains(new Cell((int)(left / cells.Width), (int)(y / cells.Height)), of);
                    Assert.Contains(new Cell((int)((left + places.Grid.ReadWidth - 1) / cells.Width), (int)(y / cells.Height)), of);
                }
            }

            foreach (var cell in of)
            {
                if (cover.Uses(cell) == 1)
                {
                    decoded.Add(cell);
                }
                else
                {
                    Assert.True(shared.Use(
                        cell,
                        pixels =>
                        {
                            decoded.Add(cell);
                            (pixels[0], pixels[1]) = ((byte)cell.Column, (byte)cell.Row);
                            return true;
                        },
                        pixels => Assert.Equal([(byte)cell.Column, (byte)cell.Row], pixels)));
                }
            }
        }

        Assert.Equal(decoded.Count, decoded.Distinct().Count());
        Assert.Equal(cover.Count, decoded.Count);
        Assert.All(decoded, cell => Assert.True(blocks.SelectMany(block => block.Tiles).Any(tile => Touches(places, cells, tile, cell)), "a cell under no tile was decoded"));
        Assert.Equal(0, shared.Count);
    });

    [Property]
    public Property Blocks_one_after_the_other_are_the_tiles_in_their_order() => Prop.ForAll(Slides(), slide =>
    {
        Assert.Equal(slide.Tiles, slide.Blocks.SelectMany(block => block.Tiles));
        Assert.Equal(slide.Blocks.Count, slide.Tiles.Select(tile => (tile.Column >> slide.Order, tile.Row >> slide.Order)).Distinct().Count());
    });

    [Property]
    public Property Full_squares_hold_the_tiles_in_their_order_without_gaps() => Prop.ForAll(Slides(), slide =>
    {
        var squares = slide.Blocks.SelectMany(block => block.FullSquares(slide.Order)).ToList();
        Assert.Equal(slide.Tiles, squares.SelectMany(square => square.Tiles));
        Assert.All(squares, square =>
        {
            var box = slide.Places.Box(square);
            Assert.Equal((long)box.Width * box.Height, (long)square.Tiles.Count * slide.Places.Grid.ReadWidth * slide.Places.Grid.ReadHeight);
        });
    });

    private static bool Touches(LevelPlaces places, CellGrid cells, PlannedTile tile, Cell cell)
    {
        var (left, top) = places.Corner(tile);
        return left < (cell.Column + 1L) * cells.Width && left + places.Grid.ReadWidth > (long)cell.Column * cells.Width
            && top < (cell.Row + 1L) * cells.Height && top + places.Grid.ReadHeight > (long)cell.Row * cells.Height;
    }

    private static Arbitrary<Slide> Slides() => (
        from edge in Gen.Choose(20, 90)
        from cell in Gen.Elements(24, 32, 40, 64)
        from columns in Gen.Choose(1, 12)
        from rows in Gen.Choose(1, 12)
        from order in Gen.Choose(0, 3)
        from tissue in Gen.Choose(0, 1).ListOf(columns * rows)
        select Slide.Of(edge, cell, columns, rows, order, [.. tissue])).ToArbitrary();

    private sealed record Slide(IReadOnlyList<PlannedTile> Tiles, int Order, LevelPlaces Places, CellGrid Cells, IReadOnlyList<TileBlock> Blocks)
    {
        public static Slide Of(int edge, int cell, int columns, int rows, int order, IReadOnlyList<int> tissue)
        {
            var (width, height) = ((columns * edge) + 7, (rows * edge) + 3);
            var grid = TileGrid.Of([new SlideLevel(width, height, 1)], new SlideResolution(0.5, 0.5, ResolutionOrigin.Scanner), edge, 0.5);
            var plan = TilePlan.Of(grid, (x, y, _, _) => new MaskCover(tissue[(int)((y / edge * columns) + (x / edge))]), new TileFilterSettings());
            return new Slide(plan.Tiles, order, new LevelPlaces(grid, 1), new CellGrid(cell, cell, (width + cell - 1) / cell, (height + cell - 1) / cell), TileBlock.Of(plan.Tiles, order));
        }
    }
}
