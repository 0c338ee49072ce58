using MhdNet.Training.Losses;
using MhdNet.Training.Memory;
using MhdNet.Training.Tests.Memory;
using MhdNet.Training.Tests.Phases;
using static TorchSharp.torch;

namespace MhdNet.Training.Tests.Losses;

[Collection("torch")] // one at a time: its generator and its threads are shared
public class ConmbLossTests
{
    [Fact]
    public void Equals_loops_over_queries_and_items()
    {
        using var scope = NewDisposeScope();
        random.manual_seed(11);
        using var memory = new TypingMemory(ToyBatches.Options, CPU);
        Tensor[] Features() => [randn([2, 4, 4, 9, 9]), randn([2, 8, 2, 5, 5]), randn([2, 16, 1, 3, 3])];
        memory.Update(Features(), [1, 1]); // type 0 was never seen
        var pathology = Features();

        var loss = ConmbLoss.Of(memory, pathology, 0.5).item<float>();

        double[][][] Rows(int stage) => [.. Enumerable.Range(0, 2).Select(n => PixelRows.Of(pathology[stage])[n].contiguous().data<float>().ToArray().Select(v => (double)v).Chunk(16).ToArray())];
        double[][] Items(int bank) => [.. memory.Banks[bank].Items[1].data<float>().ToArray().Select(v => (double)v).Chunk(16)];
        double[] Rebuild(double[] query, double[][] items)
        {
            var weights = items.Select(item => Math.Exp(NaiveBank.Cosine(query, item) / 0.5)).ToArray();
            return [.. Enumerable.Range(0, 16).Select(d => items.Select((item, m) => item[d] * weights[m]).Sum() / weights.Sum())];
        }

        var ratios = new double[3];
        var doubts = new double[3];
        for (var s = 0; s < 3; s++)
        {
            var rows = Rows(s);
            double MeanSquare(int bank) => rows.SelectMany(sample => sample).SelectMany(q => Rebuild(q, Items(bank)).Zip(q, (a, b) => (a - b) * (a - b))).Average();
            var negatives = Enumerable.Range(0, 3).Where(bank => bank != s).Sum(MeanSquare);
            ratios[s] = MeanSquare(s) / (negatives + 1e-8);
            doubts[s] = 1 - rows.Average(sample => NaiveBank.Cosine([.. sample.SelectMany(q => Rebuild(q, Items(s)))], [.. sample.SelectMany(q => q)]));
        }

        var eta = doubts.Select(Math.Exp).ToArray();
        Assert.Equal(ratios.Zip(eta, (r, e) => r * e / eta.Sum()).Sum(), loss, 1e-5);
    }

    [Fact]
    public void An_empty_memory_gives_zero()
    {
        using var scope = NewDisposeScope();
        using var memory = new TypingMemory(ToyBatches.Options, CPU);

        Assert.Equal(0, ConmbLoss.Of(memory, [ones([1, 4, 4, 9, 9]), ones([1, 8, 2, 5, 5]), ones([1, 16, 1, 3, 3])], 1).item<float>());
    }

    [Fact]
    public void Pathology_of_other_is_refused()
    {
        using var scope = NewDisposeScope();
        using var memory = new TypingMemory(ToyBatches.Options, CPU);

        Assert.Throws<ArgumentOutOfRangeException>(() => memory.Update([ones([1, 4, 4, 9, 9]), ones([1, 8, 2, 5, 5]), ones([1, 16, 1, 3, 3])], [2]));
    }
}
