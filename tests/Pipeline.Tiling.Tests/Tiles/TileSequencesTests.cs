using FsCheck.Xunit;
using MhdNet.Tiling.Tiles;

namespace MhdNet.Tiling.Tests.Tiles;

public sealed class TileSequencesTests
{
    [Theory]
    [InlineData(23, RemainderPolicy.Drop, new int[0])]
    [InlineData(23, RemainderPolicy.Overlap, new int[0])]
    [InlineData(24, RemainderPolicy.Overlap, new[] { 0 })]
    [InlineData(50, RemainderPolicy.Drop, new[] { 0, 24 })]
    [InlineData(50, RemainderPolicy.Overlap, new[] { 0, 24, 26 })]
    public void The_remainder_follows_its_policy(int kept, RemainderPolicy remainder, int[] starts) =>
        Assert.Equal(starts, TileSequences.Starts(kept, 24, remainder, 0));

    [Property]
    public bool A_cap_keeps_that_many_in_order_and_evenly_spread(ushort kept, byte cap)
    {
        var all = TileSequences.Starts(kept, 24, RemainderPolicy.Drop, 0);
        var few = TileSequences.Starts(kept, 24, RemainderPolicy.Drop, cap + 1);
        var gaps = few.Zip(few.Skip(1), (a, b) => (b - a) / 24).DefaultIfEmpty(1).ToList();
        return few.Count == Math.Min(all.Count, cap + 1) && few.All(all.Contains) && gaps.Min() >= 1 && gaps.Max() - gaps.Min() <= 1;
    }
}
