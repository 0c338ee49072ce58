using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using MhdNet.Tiling.Tiles;

namespace MhdNet.Tiling.Tests.Tiles;

public sealed class TileOrderTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(6)]
    public void The_curve_visits_every_cell_of_a_square_once_and_steps_to_a_neighbour(int order)
    {
        var side = 1 << order;
        var tiles = Enumerable.Range(0, side * side).Select(i => Tile(i % side, i / side)).ToList();
        var curve = TileOrder.Hilbert(tiles);
        Assert.Equal(Enumerable.Range(0, side * side).Select(i => (long)i), curve.Select(tile => TileOrder.HilbertIndex(order, tile.Column, tile.Row)));
        Assert.All(curve.Zip(curve.Skip(1)), pair => Assert.Equal(1, Math.Abs(pair.First.Column - pair.Second.Column) + Math.Abs(pair.First.Row - pair.Second.Row)));
    }

    [Property]
    public Property Ordering_loses_and_doubles_nothing() => Prop.ForAll(
        Gen.Choose(0, 3000).Select(i => (i % 61, i / 61)).ListOf().Select(places => places.Distinct().ToList()).ToArbitrary(),
        places => TileOrder.Hilbert([.. places.Select(place => Tile(place.Item1, place.Item2))]).Select(tile => (tile.Column, tile.Row)).ToHashSet().SetEquals(places)
            && TileOrder.Hilbert([.. places.Select(place => Tile(place.Item1, place.Item2))]).Count == places.Count);

    private static PlannedTile Tile(int column, int row) => new(column, row, column, row, 1);
}
