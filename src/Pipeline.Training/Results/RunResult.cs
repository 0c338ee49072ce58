using MhdNet.Training.Arithmetic;
using MhdNet.Training.Cohorts;
using MhdNet.Training.Labels;

namespace MhdNet.Training.Results;

/// <summary><c>result.json</c>: what a finished run found on its test patients.</summary>
/// <param name="Run">Name of the run's folder.</param>
/// <param name="Software">Name and version of the program.</param>
/// <param name="Types">Names of the K tumour types.</param>
/// <param name="Patients">How many patients with CT sequences each split had.</param>
/// <param name="Models">Teacher, student and, where trained, baseline.</param>
/// <param name="Notes">Sentences on what limits these numbers.</param>
public sealed record RunResult(
    string Run, string Software, IReadOnlyList<string> Types, IReadOnlyDictionary<string, int> Patients, IReadOnlyList<ModelResult> Models, IReadOnlyList<string> Notes)
{
    /// <summary>On what the test patients were measured; null in files of older versions of the program.</summary>
    public Provenance? Computed { get; init; }

    /// <summary>Puts the result together.</summary>
    /// <param name="run">Name of the run.</param>
    /// <param name="software">Name and version of the program.</param>
    /// <param name="cohort">The run's cohort.</param>
    /// <param name="phases">What each phase predicted.</param>
    /// <param name="draws">Bootstrap resamples.</param>
    /// <param name="seed">The run's seed.</param>
    public static RunResult Of(string run, string software, Cohort cohort, IReadOnlyList<PhaseEvaluation> phases, int draws, int seed)
    {
        var patientTypes = cohort.Of(Split.Test).ToDictionary(patient => patient.Patient, patient => patient.Type, StringComparer.Ordinal);
        ModelResult[] models = [.. phases.Select(phase => ModelResult.Of(phase, patientTypes, cohort.Types, draws, seed))];
        var counts = Enum.GetValues<Split>().ToDictionary(split => split.ToString().ToLowerInvariant(), split => cohort.Of(split).Count(patient => patient.Ct.Count > 0));
        return new RunResult(run, software, cohort.Types, counts, models, [.. Limits(counts, models)]);
    }

    private static IEnumerable<string> Limits(Dictionary<string, int> counts, ModelResult[] models)
    {
        if (counts["test"] == 0)
        {
            yield return "No test patient has a CT sequence, so nothing was measured. Give some patients the split test, or raise test_share.";
        }
        else if (counts["test"] < 30)
        {
            yield return $"Only {counts["test"]} test patients: read the intervals, not the numbers alone.";
        }

        if (counts["val"] == 0)
        {
            yield return "No validation patient has a CT sequence: the best epoch was chosen by the training loss.";
        }

        if (models is [{ Evaluation.Patients.Scores.Absent: { Count: > 0 } absent }, ..])
        {
            yield return $"No test patient of type {string.Join(", ", absent)}; the macro means leave {(absent.Count == 1 ? "it" : "them")} out.";
        }

        if (models.FirstOrDefault(model => model.Unreadable.Count > 0) is { } unread)
        {
            yield return $"{unread.Unreadable.Count} test sequences could not be read and are in no table.";
        }
    }
}
