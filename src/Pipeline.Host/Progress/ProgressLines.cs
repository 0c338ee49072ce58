using System.Globalization;
using MhdNet.Host.Runs;
using MhdNet.Host.Status;
using MhdNet.Ingest.Drop;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Ledger;
using MhdNet.Training.Results;
using MhdNet.Training.Trainer;

namespace MhdNet.Host.Progress;

/// <summary>What a message of the event stream means to a person, in one line; null where it is not worth one.</summary>
public static class ProgressLines
{
    /// <summary>The messages that can be worth a line.</summary>
    public static IReadOnlyList<Type> Messages { get; } =
    [
        typeof(ItemChanged), typeof(ItemForgotten), typeof(DropFolderProblem), typeof(HostNote), typeof(TrainingStarted), typeof(TrainingProgress), typeof(EpochFinished),
        typeof(TrainerRestarted), typeof(CheckpointSetAside), typeof(SequencesLeftOut), typeof(NonFiniteLoss), typeof(TrainingFinished), typeof(RunReported), typeof(CohortNotes),
    ];

    /// <summary>The line.</summary>
    public static string? Of(object message) => Sentence(message) is not { } sentence ? null : message is ItemChanged or DropFolderProblem ? Printed.Of(sentence) : sentence;

    private static string? Sentence(object message) => message switch
    {
        ItemChanged { Item: { State: ItemState.Done } item } => $"{item.Patient}: {Kind(item.Kind)} {item.Path}: {Counted.Of(item.Sequences, "sequence")}{(item.Note is null ? "" : $" ({item.Note})")}",
        ItemChanged { Item: { State: ItemState.Rejected or ItemState.Quarantined } item } => $"{item.Patient}: {Kind(item.Kind)} {item.Path}: {Word(item.State)}, {item.Reason}",
        ItemChanged { Item: { State: ItemState.Ready, Reason.Code: LedgerRules.WorkerDied } item } => $"{item.Patient}: {Kind(item.Kind)} {item.Path}: its worker ended ({item.Deaths}), read again alone. {item.Reason}",
        ItemChanged { Item: { State: ItemState.Ready, Reason.Code: MachineLossRules.MachineLost } item } => $"{item.Patient}: {Kind(item.Kind)} {item.Path}: its machine was lost ({item.Losses}), read again with nothing beside it. {item.Reason}",
        ItemChanged { Item: { State: ItemState.Ready, Attempts: > 0 } item } => $"{item.Patient}: {Kind(item.Kind)} {item.Path}: attempt {item.Attempts} failed, tried again. {item.Reason}",
        DropFolderProblem problem => problem.Sentence,
        HostNote note => note.Doing,
        TrainingStarted { Resumed: true } started => $"run {started.Run} goes on where it stopped",
        EpochFinished epoch => $"{epoch.Row.Phase} epoch {epoch.Row.Epoch}/{epoch.Epochs}: loss {Loss(epoch.Row)}, validation {Share(epoch.Row.ValidationMAcc)}, {Number(epoch.Row.Seconds)} s{(epoch.Best ? ", best so far" : "")}{(epoch.Early ? "; the validation loss falls no more, so the phase ends here" : "")}",
        TrainerRestarted restart => $"the trainer failed ({restart.Error}); it goes on from its last checkpoint in {Number(restart.Pause.TotalSeconds)} s",
        CheckpointSetAside damaged => $"{damaged.Damage} The {damaged.Phase} {(damaged.FromBest ? "goes on from its best checkpoint" : "begins anew")}, to the same end; the damaged one is kept as {damaged.Folder}",
        SequencesLeftOut left => string.Join(Environment.NewLine, left.Unreadable.Select(file => file.Reason.Sentence)),
        NonFiniteLoss loss => $"{loss.Phase} epoch {loss.Epoch}, batch {loss.Batch}: the loss is not finite, the step was not applied; sequences: {string.Join(", ", loss.Sequences)}",
        CohortNotes { Sentences.Count: > 0 } notes => string.Join(Environment.NewLine, notes.Sentences),
        RunReported reported => string.Join(Environment.NewLine, reported.Result.Append($"report: {reported.Report}")),
        TrainingFinished { Outcome: { End: RunEnd.Failed } outcome } => $"the run failed. {outcome.Reason?.Sentence}",
        TrainingFinished { Outcome: { End: RunEnd.Stopped, Reason: null } } stopped => $"run {stopped.Run} stopped; the next start goes on where it stopped",
        _ => null,
    };

    private static string Kind(ItemKind kind) => kind switch { ItemKind.Ct => "CT series", ItemKind.Slide => "slide", _ => "file" };

    private static string Word(ItemState state) => state.ToString().ToLowerInvariant();

    private static string Number(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);

    private static string Loss(MetricsRow row) => row.Losses.TryGetValue("loss", out var loss)
        ? Number(loss) + (row.NonFinite == 0 ? "" : $" (without {Counted.Of(row.NonFinite, "step")} that {(row.NonFinite == 1 ? "was" : "were")} not applied)")
        : "none";

    private static string Share(double? share) => share is { } value ? (100 * value).ToString("0.0", CultureInfo.InvariantCulture) + " %" : "none";
}
