using System.Globalization;
using MhdNet.Ingest.Items;
using MhdNet.Training.Arithmetic;
using MhdNet.Training.Options;

namespace MhdNet.Training.Trainer;

/// <summary>Sentences on why a run cannot go on.</summary>
public static class Diagnosis
{
    /// <summary>The loss is not finite again and again, or in all batches of an epoch.</summary>
    /// <param name="state">After the last of these steps.</param>
    /// <param name="explanation">Why; null where the batch is not at hand any more.</param>
    public static Reason NonFinite(TrainerState state, NonFiniteExplanation? explanation)
    {
        var where = $"{state.Phase}, epoch {state.Progress.Epochs + 1}: the loss was not finite in ";
        var times = state.NonFiniteInARow >= TrainerRules.NonFiniteLimit
            ? $"{state.NonFiniteInARow} batches in a row"
            : $"{(state.Tally.NonFinite == 1 ? "the only batch" : $"all {state.Tally.NonFinite} batches")} of the epoch";
        return new Reason(
            "non-finite-loss",
            $"{where}{times}{Last(state.NotApplied)}. None of these steps was applied; the network of epoch {state.Progress.Epochs} is kept." +
            (explanation is null ? "" : $" {explanation.Sentence(state.Options)}"));
    }

    /// <summary>A network that is measured gives no numbers.</summary>
    public static Reason NotFinite(TrainerState state, TrainerInput.NotFinite bad)
    {
        var epoch = state.Progress.Epochs + (state.Pass == Pass.Validation ? 1 : 0);
        var cause = bad.SelfTest.Passed
            ? $"The self-test of the arithmetic passes, so its weights or running statistics have grown beyond all bounds. {NonFiniteExplanation.Lower(state.Options)}"
            : $"This machine's arithmetic is wrong. {bad.SelfTest.Problem} {bad.SelfTest.Remedy}";
        return new Reason(
            "non-finite-output",
            $"{state.Phase}, epoch {epoch}: the network gives no number for {bad.Sequences.Count} sequences, the first {bad.Sequences[0]}. "
            + $"The network of epoch {state.Progress.Epochs} is kept. {cause}");
    }

    /// <summary>A file of the run cannot be used.</summary>
    public static Reason Damaged(Exception error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return new Reason("damaged-run", $"{error.Message} The run cannot go on without it; nothing was removed. Put the file back from a copy, or begin a new run.");
    }

    /// <summary>Not a single training sequence could be read.</summary>
    public static Reason NothingRead(TrainerState state) => new(
        "no-training-sequence",
        $"{state.Phase}, epoch {state.Progress.Epochs + 1}: not one training sequence could be read ({state.Tally.Unreadable.Count} files tried{(state.Tally.Unreadable.IsEmpty ? "" : $", the first {state.Tally.Unreadable[0]}")}). Check that the work folder's sequences are there.");

    /// <summary>A batch does not fit into memory; trying again would not help.</summary>
    /// <param name="preset">Name of the preset.</param>
    /// <param name="options">The run's options.</param>
    /// <param name="words">What was said: <see cref="OutOfMemory.Words"/>.</param>
    public static Reason Memory(string preset, MhdOptions options, string words) => new(
        "out-of-memory",
        $"The memory does not suffice for batch {options.Batch} of preset {preset} ({options.Frames}x{options.Size}x{options.Size}, width {options.Width}): {words} " +
        (options.Batch > 1
            ? $"Begin a new run with a lower batch (--set batch={options.Batch / 2}), a smaller preset, or a lower size or width."
            : "Begin a new run with a smaller preset, or a lower size or width.") +
        " The checkpoints are kept: 'mhdnet train --resume', or the same 'mhdnet ablate', goes on once more memory is free.");

    private static string Last(TrainerInput.Stepped? step)
    {
        var bad = step?.Losses.Where(loss => !double.IsFinite(loss.Value)).Select(loss => string.Create(CultureInfo.InvariantCulture, $"{loss.Key} = {loss.Value}"));
        return bad is null ? "" : $" ({string.Join(", ", bad)}; the last with {string.Join(", ", step!.Sequences)})";
    }

    /// <summary>This machine computes wrongly.</summary>
    public static Reason Arithmetic(WrongArithmeticException error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return new Reason("wrong-arithmetic", $"{error.Message} The checkpoints are kept: 'mhdnet train --resume', or the same 'mhdnet ablate', goes on afterwards.");
    }

    /// <summary>The phases that were asked for are done, others remain.</summary>
    public static Reason PhaseDone(string phase) => new(PhaseDoneCode, $"The {phase} is trained and measured, as asked. 'mhdnet train --phase student' goes on from it.");

    /// <summary>Code of <see cref="PhaseDone"/>.</summary>
    public const string PhaseDoneCode = "phase-done";

    /// <summary>The trainer threw again and again without finishing an epoch.</summary>
    public static Reason Threw(int times, Exception last) => new(
        "trainer-failed",
        $"The trainer failed {times} times without finishing an epoch; the last time with {last.GetType().Name}: {last.Message} The checkpoints are kept: 'mhdnet train --resume', or the same 'mhdnet ablate', goes on once the cause is gone.");
}
