using System.Globalization;
using MhdNet.Ingest.Items;

namespace MhdNet.Training.Trainer;

/// <summary>Sentences on why a run cannot go on.</summary>
public static class Diagnosis
{
    /// <summary>The loss is not finite again and again.</summary>
    public static Reason NonFinite(TrainerState state, TrainerInput.Stepped step)
    {
        var bad = step.Losses.Where(loss => !double.IsFinite(loss.Value)).Select(loss => string.Create(CultureInfo.InvariantCulture, $"{loss.Key} = {loss.Value}"));
        return new Reason(
            "non-finite-loss",
            $"{state.Phase}, epoch {state.Progress.Epochs + 1}: the loss was not finite in {TrainerRules.NonFiniteLimit} batches in a row ({string.Join(", ", bad)}; the last with {string.Join(", ", step.Sequences)}). " +
            $"None of these steps was applied; the network of epoch {state.Progress.Epochs} is kept. Train with a lower learning_rate, and look at these sequences.");
    }

    /// <summary>Not a single training sequence could be read.</summary>
    public static Reason NothingRead(TrainerState state) => new(
        "no-training-sequence",
        $"{state.Phase}, epoch {state.Progress.Epochs + 1}: not one training sequence could be read ({state.Tally.Unreadable.Count} files tried{(state.Tally.Unreadable.IsEmpty ? "" : $", the first {state.Tally.Unreadable[0]}")}). Check that the work folder's sequences are there.");

    /// <summary>The trainer threw again and again without finishing an epoch.</summary>
    public static Reason Threw(int times, Exception last) => new(
        "trainer-failed",
        $"The trainer failed {times} times without finishing an epoch; the last time with {last.GetType().Name}: {last.Message} The checkpoints are kept: the run can be resumed once the cause is gone.");
}
