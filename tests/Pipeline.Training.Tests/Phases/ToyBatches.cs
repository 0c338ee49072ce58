using MhdNet.Training.Options;
using MhdNet.Training.Trainer;

namespace MhdNet.Training.Tests.Phases;

/// <summary>Tiny networks and batches whose types differ in brightness.</summary>
internal static class ToyBatches
{
    public static MhdOptions Options { get; } = new()
    {
        Types = ["A", "B"],
        Frames = 8,
        Size = 33,
        Width = 4,
        TeacherBlocks = [1, 1, 1, 1],
        StudentBlocks = [1, 1, 1, 1],
        Kappa = 3,
        AttentionKernel = 3,
        Reduction = 2,
        MemoryItems = [16, 4, 4],
        Decay = 0.9,
        ReseedAfter = 2,
        Seed = 5,
    };

    /// <summary>Samples with the given labels; K is <c>other</c>, without pathology; types named in <paramref name="without"/> have none either.</summary>
    public static Batch Make(int index, long[] labels, params int[] without)
    {
        var random = new Random(index);
        bool[] has = [.. labels.Select((label, sample) => label < Options.Types.Count && !without.Contains(sample))];
        var voxels = Options.Frames * Options.Size * Options.Size;
        float[] Noise(long label, int channels) => [.. Enumerable.Range(0, channels * voxels).Select(_ => (float)((random.NextDouble() * 0.5) + (label * 0.7) - 0.7))];
        return new Batch(
            0, index, [.. labels.SelectMany(label => Noise(label, 1))], [.. labels.Where((_, sample) => has[sample]).SelectMany(label => Noise(label, 3))],
            labels, has, [.. labels.Select((_, sample) => $"series-{sample}/000.npy")], (Options.Frames, Options.Size, Options.Size));
    }

    /// <summary>A mixed batch: both types, one without pathology, and <c>other</c>.</summary>
    public static Batch Mixed(int index) => Make(index, [0, 1, 2, 1, 0], 3);
}
