using MhdNet.Training.Metrics;

namespace MhdNet.Training.Results;

/// <summary>What a finished phase says about the test patients: <c>evaluations/&lt;phase&gt;.json</c>. While it is missing the phase is not finished.</summary>
/// <param name="Phase"><c>teacher</c>, <c>student</c> or <c>baseline</c>.</param>
/// <param name="BestEpoch">The epoch whose network was used, from 1.</param>
/// <param name="Predictions">Every CT sequence of the test patients that could be read.</param>
/// <param name="Unreadable">Those that could not.</param>
public sealed record PhaseEvaluation(string Phase, int BestEpoch, IReadOnlyList<SequencePrediction> Predictions, IReadOnlyList<string> Unreadable);
