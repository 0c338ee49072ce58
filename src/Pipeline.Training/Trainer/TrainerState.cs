using MhdNet.Training.Results;

namespace MhdNet.Training.Trainer;

/// <summary>Where a run stands. Changes by <see cref="TrainerRules.Next"/> only.</summary>
/// <param name="Phases">Names of the phases, in order.</param>
/// <param name="Types">K, the number of tumour types.</param>
/// <param name="Index">Which phase is under way.</param>
/// <param name="Pass">What the present stream is for; null between streams.</param>
/// <param name="Epochs">How many epochs the phase shall have.</param>
/// <param name="Progress">What the phase has finished.</param>
/// <param name="Training">The epoch's training pass, while it is validated.</param>
/// <param name="TrainingSeconds">How long that took.</param>
/// <param name="Tally">The present pass.</param>
/// <param name="NonFiniteInARow">Steps with a loss that is not finite since the last finite one.</param>
/// <param name="Evaluation">The student's test predictions, while it predicts the patients without a label.</param>
/// <param name="Over">The run has ended; whatever still comes is left alone.</param>
public sealed record TrainerState(
    IReadOnlyList<string> Phases, int Types, int Index, Pass? Pass, int Epochs, PhaseProgress Progress, PassTally Training, double TrainingSeconds, PassTally Tally, int NonFiniteInARow,
    PhaseEvaluation? Evaluation, bool Over)
{
    /// <summary>The state before anything happened.</summary>
    public static TrainerState Of(IReadOnlyList<string> phases, int types) =>
        new(phases, types, 0, null, 0, PhaseProgress.None(phases[0]), PassTally.Empty, 0, PassTally.Empty, 0, null, false);

    /// <summary>The phase under way.</summary>
    public string Phase => Phases[Math.Min(Index, Phases.Count - 1)];
}
