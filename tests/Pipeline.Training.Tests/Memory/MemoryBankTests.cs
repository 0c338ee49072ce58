using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using MhdNet.Training.Memory;
using MhdNet.Training.Network;
using static TorchSharp.torch;

namespace MhdNet.Training.Tests.Memory;

[Collection("torch")] // one at a time: its generator and its threads are shared
public class MemoryBankTests
{
    private static readonly StageShape Stage = new(2, 3, 5);

    [Property(MaxTest = 30)]
    public Property Updates_as_the_loops_of_the_formula_do() => Prop.ForAll(
        Gen.Choose(0, 10_000).Select(seed => seed).ToArbitrary(),
        seed =>
        {
            using var scope = NewDisposeScope();
            random.manual_seed(seed);
            using var bank = new MemoryBank(Stage, 3, 9, decay: 0.7, reseedAfter: 0, CPU);
            var naive = new NaiveBank(3, 3, Stage.Edge, 0.7);
            for (var i = 0; i < 6; i++)
            {
                var type = (seed + i) % 2;
                var queries = randn(Stage.Pixels, Stage.Depth);
                bank.Update(type, queries);
                naive.Update(type, Rows(queries));
            }

            var worst = Enumerable.Range(0, 2).SelectMany(type => Rows(bank.Items[type]).SelectMany((row, m) => row.Select((v, d) => Math.Abs(v - naive.Items[type]![m][d])))).Max();
            return (worst < 1e-5 && !bank.Seen[2]).Label($"seed {seed}: off by {worst:g3}");
        });

    [Fact]
    public void The_first_sample_fills_the_items_from_the_pixels_at_their_centres()
    {
        using var scope = NewDisposeScope();
        using var bank = new MemoryBank(new StageShape(1, 1, 5), 1, 4, 0.9, 0, CPU);

        bank.Update(0, arange(25, dtype: ScalarType.Float32).view(25, 1));

        Assert.Equal([6f, 8f, 16f, 18f], bank.Items.data<float>().ToArray()); // rows and columns 1 and 3
    }

    [Fact]
    public void Reading_enlarges_by_nearest_neighbour_and_leaves_out_unseen_types_and_other()
    {
        using var scope = NewDisposeScope();
        using var bank = new MemoryBank(new StageShape(1, 2, 3), 2, 4, 0.9, 0, CPU);
        bank.Items.fill_(float.NaN); // what was never seen must not matter
        bank.Items[1].copy_(tensor(new float[] { 1, 10, 2, 20, 3, 30, 4, 40 }, [4, 2]));
        bank.Seen[1] = true;

        var read = bank.Read(tensor(new float[] { 0.25f, 0.5f, 0.25f }, [1, 3]));

        Assert.Equal([1, 1, 2, 3, 3], read.shape);
        Assert.Equal([0.5f, 0.5f, 1, 0.5f, 0.5f, 1, 1.5f, 1.5f, 2, 5, 5, 10, 5, 5, 10, 15, 15, 20], read.data<float>().ToArray());
    }

    [Fact]
    public void An_item_that_wins_nothing_for_long_enough_is_seeded_anew_from_the_strangest_query()
    {
        using var scope = NewDisposeScope();
        using var bank = new MemoryBank(new StageShape(2, 1, 2), 1, 4, decay: 0.5, reseedAfter: 2, CPU);
        bank.Update(0, tensor(new float[] { 1, 0, 0, 1, -1, 0, 0, -1 }, [4, 2]));
        var east = tensor(new float[] { 1, 0, 2, 0, 0, 3, 0.9f, -0.8f }, [4, 2]); // nothing for west (item 2) and south (item 3)

        bank.Update(0, east);
        Assert.Equal([-1f, 0f, 0f, -1f], bank.Items[0].narrow(0, 2, 2).data<float>().ToArray());
        bank.Update(0, east);

        Assert.Equal([0.9f, -0.8f], bank.Items[0][2].data<float>().ToArray()); // least like any item
        Assert.Equal([0L, 0, 0, 0], bank.Idle);
    }

    [Fact]
    public void Ties_go_to_the_lowest_item_and_a_zero_query_is_like_nothing()
    {
        using var scope = NewDisposeScope();
        using var bank = new MemoryBank(new StageShape(1, 1, 2), 1, 4, decay: 0.5, reseedAfter: 0, CPU);
        bank.Update(0, ones(4, 1));

        bank.Update(0, tensor(new float[] { 3, 3, 3, 0 }, [4, 1]));

        Assert.Equal([0.5f + (0.5f * 9 / 4), 1, 1, 1], bank.Items.data<float>().ToArray());
    }

    private static double[][] Rows(Tensor rows) => [.. rows.detach().contiguous().data<float>().ToArray().Select(v => (double)v).Chunk((int)rows.shape[1])];
}
