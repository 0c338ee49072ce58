using MhdNet.Training.Cohorts;
using MhdNet.Training.Labels;
using MhdNet.Training.Options;

namespace MhdNet.Training.Trainer;

/// <summary>Which batches a pass of a phase consists of.</summary>
public static class PassPlan
{
    /// <summary>
    /// The plan. Teacher and student train on the same pairs, since the student is held against the teacher's fused features; the baseline trains on the same CT
    /// sequences in the same order. Only the teacher looks at slides when it is measured, and the pathology branch by itself, which sees nothing else: its samples are
    /// those of the teacher's that have a slide.
    /// </summary>
    public static IReadOnlyList<PlannedBatch> Of(Cohort cohort, MhdOptions options, string phase, Pass pass, int epoch) => pass switch
    {
        Pass.Training when phase == "pathology" => EpochPlan.Batches([.. EpochPlan.Of(cohort, options, epoch).SelectMany(WithSlides)], options.Batch, epoch),
        Pass.Validation or Pass.Test when phase == "pathology" => EvaluationPlan.WithSlidesOnly(cohort, pass == Pass.Test ? Split.Test : Split.Val, options.Batch),
        Pass.Training when phase is "baseline" or "radiology" => [.. EpochPlan.Of(cohort, options, epoch).Select(WithoutSlides)],
        Pass.Training => EpochPlan.Of(cohort, options, epoch),
        Pass.Validation => EvaluationPlan.Of(cohort, Split.Val, options.Batch, phase == "teacher"),
        Pass.Test => EvaluationPlan.Of(cohort, Split.Test, options.Batch, phase == "teacher"),
        Pass.Prediction => EvaluationPlan.Of(cohort, Split.Predict, options.Batch, withSlides: false),
        _ => throw new ArgumentOutOfRangeException(nameof(pass), pass, "not a pass"),
    };

    private static IEnumerable<PlannedSample> WithSlides(PlannedBatch batch) => batch.Samples.Where(sample => sample.Slide is not null);

    private static PlannedBatch WithoutSlides(PlannedBatch batch) => batch with { Samples = [.. batch.Samples.Select(sample => sample with { Slide = null, FlipSlide = false })] };
}
