using MhdNet.Training.Options;
using MhdNet.Training.Trainer;

namespace MhdNet.Benchmarks.Steps;

/// <summary>A batch that is drawn at random, all of its samples with pathology.</summary>
internal static class Drawn
{
    public static Batch Batch(MhdOptions options)
    {
        var random = new Random(options.Seed);
        var voxels = options.Batch * options.Frames * options.Size * options.Size;
        float[] Noise(int numbers) => [.. Enumerable.Range(0, numbers).Select(_ => (random.NextSingle() * 2) - 1)];
        return new Batch(
            0, 0, Noise(voxels), Noise(3 * voxels), [.. Enumerable.Range(0, options.Batch).Select(sample => (long)(sample % options.Types.Count))],
            [.. Enumerable.Repeat(true, options.Batch)], [.. Enumerable.Range(1, options.Batch).Select(sample => $"drawn {sample}")],
            (options.Frames, options.Size, options.Size));
    }
}
