using MhdNet.Training.Labels;

namespace MhdNet.Training.Cohorts;

/// <summary>
/// The order in which the patients of a split are looked at: nothing drawn, nothing mirrored. A sequence with tumour meets slides of its *own patient* only, whatever
/// the pairing in training: a slide chosen by the label would give the answer away.
/// </summary>
public static class EvaluationPlan
{
    /// <summary>Plans a pass over one split.</summary>
    /// <param name="cohort">The cohort.</param>
    /// <param name="split">Validation, test or prediction.</param>
    /// <param name="batch">Samples of a batch.</param>
    /// <param name="withSlides">Whether the network looks at slides.</param>
    public static IReadOnlyList<PlannedBatch> Of(Cohort cohort, Split split, int batch, bool withSlides)
    {
        var samples = cohort.Of(split).SelectMany(patient => Samples(patient, cohort.Types.Count, withSlides));
        return [.. samples.Chunk(batch).Select((chunk, index) => new PlannedBatch(0, index, chunk))];
    }

    private static IEnumerable<PlannedSample> Samples(CohortPatient patient, int other, bool withSlides) => patient.Ct.Select((ct, i) =>
        withSlides && patient.Slides.Count > 0 && ct.Label >= 0 && ct.Label != other ? new PlannedSample(ct, patient.Slides[i % patient.Slides.Count]) : new PlannedSample(ct));
}
