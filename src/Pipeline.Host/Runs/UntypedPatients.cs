using MhdNet.Host.Report;
using MhdNet.Training.Cohorts;
using MhdNet.Training.Labels;
using MhdNet.Training.Results;

namespace MhdNet.Host.Runs;

/// <summary>Who still has to be typed.</summary>
internal static class UntypedPatients
{
    /// <summary>The patients without a label who have CT sequences and no prediction of this run from these very sequences; none where the run has no student to type them.</summary>
    public static IReadOnlyList<string> Of(Cohort cohort, RunFolder run) => !run.HasStudent
        ? []
        : [.. cohort.Of(Split.Predict).Where(patient => patient.Ct.Count > 0 && !IsTyped(patient, run)).Select(patient => patient.Patient)];

    private static bool IsTyped(CohortPatient patient, RunFolder run) =>
        RunFiles.Prediction(run, patient.Patient) is { } prediction && prediction.IsUpToDate(patient, run.WorkFolder, run.Name);
}
