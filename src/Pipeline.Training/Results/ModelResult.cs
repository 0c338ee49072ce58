using MhdNet.Training.Metrics;

namespace MhdNet.Training.Results;

/// <summary>One network on the test patients.</summary>
/// <param name="Phase"><c>teacher</c>, <c>student</c> or <c>baseline</c>.</param>
/// <param name="Input">What it looked at, for people.</param>
/// <param name="BestEpoch">The epoch whose network was used, from 1.</param>
/// <param name="Evaluation">The tables.</param>
/// <param name="Unreadable">Test sequences that could not be read and are in no table.</param>
public sealed record ModelResult(string Phase, string Input, int BestEpoch, Evaluation Evaluation, IReadOnlyList<string> Unreadable)
{
    /// <summary>Measures what a phase predicted.</summary>
    /// <param name="phase">Its predictions.</param>
    /// <param name="patientTypes">The true type of each test patient.</param>
    /// <param name="types">Names of the K types.</param>
    /// <param name="draws">Bootstrap resamples.</param>
    /// <param name="seed">The run's seed.</param>
    public static ModelResult Of(PhaseEvaluation phase, IReadOnlyDictionary<string, int> patientTypes, IReadOnlyList<string> types, int draws, int seed) => new(
        phase.Phase,
        phase.Phase switch
        {
            "teacher" => "CT, and slides of the same patient where there are any",
            "pathology" => "slides alone, those that the teacher meets",
            _ => "CT alone",
        },
        phase.BestEpoch,
        Metrics.Evaluation.Of(phase.Predictions, patientTypes, types, draws, seed),
        phase.Unreadable);
}
