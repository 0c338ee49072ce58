using MhdNet.Training.Cohorts;
using MhdNet.Training.Labels;
using MhdNet.Training.Options;

namespace MhdNet.Training.Trainer;

/// <summary>Which batches a pass of a phase consists of.</summary>
public static class PassPlan
{
    /// <summary>
    /// The plan. Teacher and student train on the same pairs, since the student is held against the teacher's fused features; the baseline trains on the same CT
    /// sequences in the same order. Only the teacher looks at slides when it is measured.
    /// </summary>
    public static IReadOnlyList<PlannedBatch> Of(Cohort cohort, MhdOptions options, string phase, Pass pass, int epoch) => pass switch
    {
        Pass.Training when phase == "baseline" => [.. EpochPlan.Of(cohort, options, epoch).Select(WithoutSlides)],
        Pass.Training => EpochPlan.Of(cohort, options, epoch),
        Pass.Validation => EvaluationPlan.Of(cohort, Split.Val, options.Batch, phase == "teacher"),
        Pass.Test => EvaluationPlan.Of(cohort, Split.Test, options.Batch, phase == "teacher"),
        Pass.Prediction => EvaluationPlan.Of(cohort, Split.Predict, options.Batch, withSlides: false),
        _ => throw new ArgumentOutOfRangeException(nameof(pass), pass, "not a pass"),
    };

    private static PlannedBatch WithoutSlides(PlannedBatch batch) => batch with { Samples = [.. batch.Samples.Select(sample => sample with { Slide = null, FlipSlide = false })] };
}
