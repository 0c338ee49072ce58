using MhdNet.Training.Labels;
using MhdNet.Training.Options;

namespace MhdNet.Training.Cohorts;

/// <summary>
/// The order of an epoch, a function of (cohort, options, epoch) alone: every CT sequence of the training patients once, shuffled; each sequence with tumour meets a
/// slide sequence of the training patients of its type, or of its own patient; CT and slide sequence are mirrored independently.
/// </summary>
public static class EpochPlan
{
    /// <summary>Plans a training epoch.</summary>
    /// <param name="cohort">The cohort.</param>
    /// <param name="options">Seed, batch size, pairing and flip probability.</param>
    /// <param name="epoch">From 0.</param>
    public static IReadOnlyList<PlannedBatch> Of(Cohort cohort, MhdOptions options, int epoch)
    {
        CohortPatient[] training = [.. cohort.Of(Split.Train)];
        var slides = training.SelectMany(patient => patient.Slides.Select(slide => (Key: KeyOf(patient.Patient, patient.Type, options.Pairing), slide)))
            .ToLookup(pair => pair.Key, pair => pair.slide);
        CtSequence[] order = [.. training.SelectMany(patient => patient.Ct)];
        var random = Seeded.Generator(options.Seed, "epoch", epoch);
        random.Shuffle(order);
        return Batches([.. order.Select(Draw)], options.Batch, epoch);

        PlannedSample Draw(CtSequence ct)
        {
            // The same number of draws for each sample, so that one without a slide does not shift those after it.
            var (which, flipCt, flipSlide) = (random.NextDouble(), random.NextDouble() < options.FlipProbability, random.NextDouble() < options.FlipProbability);
            SlideSequence[] eligible = ct.Label == cohort.Types.Count ? [] : [.. slides[KeyOf(ct.Patient, ct.Label, options.Pairing)]];
            return eligible.Length == 0 ? new PlannedSample(ct, null, flipCt) : new PlannedSample(ct, eligible[(int)(which * eligible.Length)], flipCt, flipSlide);
        }
    }

    /// <summary>
    /// Cuts samples into batches. A last batch of a single sample joins the one before it, which then has one more: BatchNorm would take
    /// the statistics of a stage from one patient alone, and its running averages would carry them on.
    /// </summary>
    public static IReadOnlyList<PlannedBatch> Batches(IReadOnlyList<PlannedSample> samples, int size, int epoch)
    {
        var chunks = samples.Chunk(size).ToList();
        if (chunks is [.., var before, [var last]])
        {
            chunks.RemoveRange(chunks.Count - 2, 2);
            chunks.Add([.. before, last]);
        }

        return [.. chunks.Select((chunk, index) => new PlannedBatch(epoch, index, chunk))];
    }

    private static (string? Patient, int Type) KeyOf(string patient, int type, Pairing pairing) => pairing == Pairing.SamePatient ? (patient, -1) : (null, type);
}
