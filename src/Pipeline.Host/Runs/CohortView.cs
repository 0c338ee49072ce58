using MhdNet.Training.Cohorts;

namespace MhdNet.Host.Runs;

/// <summary>What labels and store say together.</summary>
/// <param name="HasLabels">Whether there is a labels file.</param>
/// <param name="Problem">Why the labels cannot be used, or null.</param>
/// <param name="Cohort">The patients; null without usable labels.</param>
/// <param name="Readiness">Whether training can start; null without usable labels.</param>
/// <param name="Notes">What people should know.</param>
internal sealed record CohortView(bool HasLabels, string? Problem, Cohort? Cohort, Readiness? Readiness, IReadOnlyList<string> Notes)
{
    /// <summary>No labels file yet.</summary>
    public static CohortView WithoutLabels { get; } = new(false, null, null, null, []);
}
