using MhdNet.Training.Labels;

namespace MhdNet.Training.Cohorts;

/// <summary>
/// The order in which the patients of a split are looked at: nothing drawn, nothing mirrored. A batch holds sequences of one patient, in the order of their names, so that what is said of a patient is the
/// same, bit by bit, whoever else is looked at: the last digits of a network's output depend on what stands beside a sample. A sequence with tumour meets slides of its *own patient* only, whatever
/// the pairing in training: a slide chosen by the label would give the answer away.
/// </summary>
public static class EvaluationPlan
{
    /// <summary>Plans a pass over one split.</summary>
    /// <param name="cohort">The cohort.</param>
    /// <param name="split">Validation, test or prediction.</param>
    /// <param name="batch">Samples of a batch.</param>
    /// <param name="withSlides">Whether the network looks at slides.</param>
    public static IReadOnlyList<PlannedBatch> Of(Cohort cohort, Split split, int batch, bool withSlides) => Batches(cohort, split, batch, withSlides, _ => true);

    /// <summary>The same without the sequences that meet no slide.</summary>
    /// <inheritdoc cref="Of"/>
    public static IReadOnlyList<PlannedBatch> WithSlidesOnly(Cohort cohort, Split split, int batch) => Batches(cohort, split, batch, withSlides: true, sample => sample.Slide is not null);

    private static PlannedBatch[] Batches(Cohort cohort, Split split, int batch, bool withSlides, Func<PlannedSample, bool> wanted) =>
        [.. cohort.Of(split).SelectMany(patient => Samples(patient, cohort.Types.Count, withSlides).Where(wanted).Chunk(batch)).Select((chunk, index) => new PlannedBatch(0, index, chunk))];

    private static IEnumerable<PlannedSample> Samples(CohortPatient patient, int other, bool withSlides) => patient.Ct.OrderBy(ct => ct.Name, StringComparer.Ordinal).Select((ct, i) =>
        withSlides && patient.Slides.Count > 0 && ct.Label >= 0 && ct.Label != other ? new PlannedSample(ct, patient.Slides[i % patient.Slides.Count]) : new PlannedSample(ct));
}
