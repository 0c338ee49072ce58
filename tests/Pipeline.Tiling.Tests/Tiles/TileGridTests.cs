using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using MhdNet.Tiling.Slides;
using MhdNet.Tiling.Tiles;
using MhdNet.Tiling.Tissue;

namespace MhdNet.Tiling.Tests.Tiles;

public sealed class TileGridTests
{
    private static readonly SlideLevel[] Pyramid = [new(100_000, 80_000, 1), new(25_000, 20_000, 4), new(6_250, 5_000, 16)];

    [Theory]
    [InlineData(0.25, 448, 0, 448)]
    [InlineData(0.499, 224, 0, 224)]
    [InlineData(0.125, 896, 1, 224)]
    [InlineData(0.1, 1120, 1, 280)]
    [InlineData(0.62, 181, 0, 181)]
    public void Reads_the_deepest_level_that_needs_no_enlarging(double mpp, int width, int level, int read)
    {
        var grid = TileGrid.Of(Pyramid, new SlideResolution(mpp, mpp, ResolutionOrigin.Scanner), 224, 0.5);
        Assert.Equal((width, level, read), (grid.Width, grid.Level, grid.ReadWidth));
        Assert.Equal(read / 224.0, grid.ResampleX, 12);
    }

    [Fact]
    public void Pixels_that_are_not_square_give_tiles_that_are()
    {
        var grid = TileGrid.Of(Pyramid, new SlideResolution(0.25, 0.5, ResolutionOrigin.Scanner), 224, 0.5);
        Assert.Equal((448, 224), (grid.Width, grid.Height));
        Assert.Equal((2.0, 1.0), (grid.ResampleX, grid.ResampleY));
    }

    [Property]
    public Property Tiles_lie_inside_without_gap_and_no_further_tile_would_fit() => Prop.ForAll(
        (from width in Gen.Choose(1, 9000) from height in Gen.Choose(1, 9000) from mpp in Gen.Choose(10, 100) select (width, height, mpp: mpp / 100.0)).ToArbitrary(),
        slide =>
        {
            var grid = TileGrid.Of([new SlideLevel(slide.width, slide.height, 1)], new SlideResolution(slide.mpp, slide.mpp, ResolutionOrigin.Scanner), 224, 0.5);
            var plan = TilePlan.Of(grid, (_, _, _, _) => new MaskCover(1), new TileFilterSettings());
            var places = plan.Tiles.Select(tile => (tile.X / grid.Width, tile.Y / grid.Height)).ToHashSet();
            return plan.Tiles.Count == grid.Columns * grid.Rows && places.Count == plan.Tiles.Count
                && plan.Tiles.All(tile => tile.X >= 0 && tile.Y >= 0 && tile.X % grid.Width == 0 && tile.Y % grid.Height == 0 && tile.X + grid.Width <= slide.width && tile.Y + grid.Height <= slide.height)
                && (long)(grid.Columns + 1) * grid.Width > slide.width && (long)(grid.Rows + 1) * grid.Height > slide.height
                && Math.Abs((grid.Width * slide.mpp) - 112) <= slide.mpp / 2;
        });

    [Fact]
    public void Tiles_are_parted_by_what_covers_them()
    {
        var grid = TileGrid.Of([new SlideLevel(224 * 6, 224, 1)], new SlideResolution(0.5, 0.5, ResolutionOrigin.Scanner), 224, 0.5);
        MaskCover[] covers = [new(0), new(0.49), new(0.5), new(1), new(0, 0.3), new(0.7, 0.3)];
        var plan = Plan(TileFilters.All);
        Assert.Equal((1, 2), (plan.Background, plan.Tiles.Count));
        Assert.Equal([TileVerdict.Sparse, TileVerdict.Artefact, TileVerdict.Artefact], plan.Dropped.Select(tile => tile.Verdict));
        Assert.Equal((2, 4), (Plan(TileFilters.None).Background, Plan(TileFilters.None).Tiles.Count));

        TilePlan Plan(TileFilters use) => TilePlan.Of(grid, (x, _, _, _) => covers[x / 224], new TileFilterSettings { Use = use });
    }
}
