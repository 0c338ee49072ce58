using MhdNet.Training.Options;
using MhdNet.Training.Results;

namespace MhdNet.Training.Trainer;

/// <summary>Where a run stands. Changes by <see cref="TrainerRules.Next"/> only.</summary>
/// <param name="Phases">Names of the phases, in order.</param>
/// <param name="LastPhase">The phase after which the run stops; null: none.</param>
/// <param name="Options">The run's options.</param>
/// <param name="Index">Which phase is under way.</param>
/// <param name="Pass">What the present stream is for; null between streams.</param>
/// <param name="Epochs">How many epochs the phase shall have.</param>
/// <param name="Progress">What the phase has finished.</param>
/// <param name="Training">The epoch's training pass so far: its batches, their time before the present stream began, and, while the epoch is validated, what they gathered.</param>
/// <param name="Tally">The present pass.</param>
/// <param name="NonFiniteInARow">Steps with a loss that is not finite since the last finite one.</param>
/// <param name="Evaluation">The student's test predictions, while it predicts the patients without a label.</param>
/// <param name="Over">The run has ended; whatever still comes is left alone.</param>
public sealed record TrainerState(
    IReadOnlyList<string> Phases, string? LastPhase, MhdOptions Options, int Index, Pass? Pass, int Epochs, PhaseProgress Progress, EpochPosition Training, PassTally Tally, int NonFiniteInARow,
    PhaseEvaluation? Evaluation, bool Over)
{
    /// <summary>Seconds from the beginning of the present training stream to its last batch.</summary>
    public double Elapsed { get; init; }

    /// <summary>The last step that was not applied; null where there was none since the trainer began or was restarted.</summary>
    public TrainerInput.Stepped? NotApplied { get; init; }

    /// <summary>The state before anything happened.</summary>
    public static TrainerState Of(IReadOnlyList<string> phases, string? lastPhase, MhdOptions options) =>
        new(phases, lastPhase, options, 0, null, 0, PhaseProgress.None(phases[0]), new EpochPosition(0, 0, PassTally.Empty), PassTally.Empty, 0, null, false);

    /// <summary>The phase under way.</summary>
    public string Phase => Phases[Math.Min(Index, Phases.Count - 1)];
}
