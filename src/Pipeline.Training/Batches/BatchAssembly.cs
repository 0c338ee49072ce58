using MhdNet.Training.Cohorts;
using MhdNet.Training.Options;
using MhdNet.Training.Trainer;

namespace MhdNet.Training.Batches;

/// <summary>Lays samples side by side.</summary>
public static class BatchAssembly
{
    /// <summary>Puts the samples that could be read into one batch.</summary>
    /// <param name="plan">The planned batch.</param>
    /// <param name="read">Its samples, in order.</param>
    /// <param name="options">Frames and size.</param>
    public static ReadBatch Of(PlannedBatch plan, IReadOnlyList<SampleRead> read, MhdOptions options)
    {
        UnreadableSequence[] unreadable = [.. read.SelectMany(sample => sample.Unreadable)];
        SampleRead[] whole = [.. read.Where(sample => sample.Ct is not null)];
        if (whole.Length == 0)
        {
            return new ReadBatch(plan, null, [], unreadable);
        }

        var batch = new Batch(
            plan.Epoch,
            plan.Index,
            Concatenated(whole.Select(sample => sample.Ct!)),
            Concatenated(whole.Select(sample => sample.Wsi).OfType<float[]>()),
            [.. whole.Select(sample => (long)sample.Sample.Ct.Label)],
            [.. whole.Select(sample => sample.Wsi is not null)],
            [.. whole.Select(sample => sample.Sample.Ct.Name)],
            (options.Frames, options.Size, options.Size));
        return new ReadBatch(plan, batch, [.. whole.Select(sample => sample.Sample)], unreadable);
    }

    private static float[] Concatenated(IEnumerable<float[]> parts)
    {
        float[][] all = [.. parts];
        var whole = new float[all.Sum(part => part.Length)];
        var at = 0;
        foreach (var part in all)
        {
            part.CopyTo(whole, at);
            at += part.Length;
        }

        return whole;
    }
}
