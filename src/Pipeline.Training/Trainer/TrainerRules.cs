using MhdNet.Ingest.Items;
using MhdNet.Training.Metrics;
using MhdNet.Training.Results;
using static MhdNet.Training.Trainer.TrainerEffect;

namespace MhdNet.Training.Trainer;

/// <summary>
/// The course of a run: each phase is opened, trained epoch by epoch with a validation and a checkpoint after each, then its best network is measured on the test
/// patients; the student also predicts the patients without a label. Pure: state and input give the next state and what to do.
/// </summary>
public static class TrainerRules
{
    /// <summary>Steps in a row with a loss that is not finite, after which a run ends.</summary>
    public const int NonFiniteLimit = 3;

    /// <summary>The next state.</summary>
    public static (TrainerState State, IReadOnlyList<TrainerEffect> Effects) Next(TrainerState state, TrainerInput input) => (state, input) switch
    {
        ({ Over: true }, _) => (state, []),
        (_, TrainerInput.StopAsked) => (state with { Over = true }, [.. PositionToKeep(state), new Close(), new End(RunEnd.Stopped, null)]),
        (_, TrainerInput.Begun begun) => NextPhase(state with { Index = begun.Finished - 1 }),
        (_, TrainerInput.Opened opened) => Opened(state, opened),
        (_, TrainerInput.Stepped step) => Stepped(state with { Tally = state.Tally.With(step) }, step),
        (_, TrainerInput.Explained explained) => Fail(state, Diagnosis.NonFinite(state, explained.Explanation)),
        (_, TrainerInput.Predicted predicted) => (state with { Tally = state.Tally with { Predictions = state.Tally.Predictions.AddRange(predicted.Predictions) } }, []),
        (_, TrainerInput.NotFinite bad) => Fail(state, Diagnosis.NotFinite(state, bad)),
        (_, TrainerInput.Unreadable lost) => (state with { Tally = state.Tally with { Unreadable = state.Tally.Unreadable.AddRange(lost.Paths) } }, []),
        (_, TrainerInput.BatchDone done) => BatchDone(state, done),
        (_, TrainerInput.PassEnded ended) => Ended(state, ended),
        _ => throw new ArgumentOutOfRangeException(nameof(input), input, "not an input of the trainer"),
    };

    private static (TrainerState, IReadOnlyList<TrainerEffect>) NextPhase(TrainerState state) => state switch
    {
        { Index: >= 0 } when state.Index + 1 < state.Phases.Count && state.Phases[state.Index] == state.LastPhase => (state with { Over = true, Pass = null }, [new End(RunEnd.Stopped, Diagnosis.PhaseDone(state.LastPhase))]),
        _ when state.Index + 1 < state.Phases.Count => (state with { Index = state.Index + 1, Pass = null }, [new Open(state.Phases[state.Index + 1])]),
        _ => (state with { Over = true, Pass = null }, [new WriteResult(), new End(RunEnd.Completed, null)]),
    };

    private static (TrainerState, IReadOnlyList<TrainerEffect>) Opened(TrainerState state, TrainerInput.Opened opened)
    {
        var next = state with { Epochs = opened.Epochs, Progress = opened.Progress, NonFiniteInARow = opened.Progress.NonFiniteInARow };
        return opened.Progress.Position is { } position ? BeginTraining(next, position) : Epoch(next);
    }

    private static (TrainerState, IReadOnlyList<TrainerEffect>) Epoch(TrainerState state) =>
        state.Progress.Epochs < state.Epochs && !EarlyStopping.Reached(state.Options, state.Progress.Rows)
            ? BeginTraining(state, new EpochPosition(0, 0, PassTally.Empty))
            : Begin(state, Pass.Test, state.Epochs > 0 ? [new LoadBest()] : []);

    private static (TrainerState, IReadOnlyList<TrainerEffect>) BeginTraining(TrainerState state, EpochPosition from) => (
        state with { Pass = Pass.Training, Training = from, Tally = from.Tally, Elapsed = 0 },
        [new SetLearningRate(Plateau.LearningRate(state.Options, state.Progress.Rows)), new TrainerEffect.Stream(Pass.Training, state.Progress.Epochs, from.Batches)]);

    private static (TrainerState, IReadOnlyList<TrainerEffect>) Begin(TrainerState state, Pass pass, params IEnumerable<TrainerEffect> first) =>
        (state with { Pass = pass, Tally = PassTally.Empty }, [.. first, new TrainerEffect.Stream(pass, state.Progress.Epochs, 0)]);

    private static (TrainerState, IReadOnlyList<TrainerEffect>) Stepped(TrainerState state, TrainerInput.Stepped step)
    {
        if (PassTally.IsFinite(step.Losses))
        {
            return (state with { NonFiniteInARow = 0 }, []);
        }

        var next = state with { NonFiniteInARow = state.NonFiniteInARow + 1, NotApplied = step };
        return (next, next.NonFiniteInARow < NonFiniteLimit ? [] : [new Explain()]);
    }

    private static (TrainerState, IReadOnlyList<TrainerEffect>) BatchDone(TrainerState state, TrainerInput.BatchDone done)
    {
        if (state.Pass != Pass.Training)
        {
            return (state, []);
        }

        var next = state with { Training = state.Training with { Batches = done.Batches }, Elapsed = done.Seconds };
        return (next, done.KeepDue ? PositionToKeep(next) : []);
    }

    /// <summary>A checkpoint of the epoch under way. While it is validated all its batches are through, and their tally stands aside.</summary>
    private static TrainerEffect[] PositionToKeep(TrainerState state) => state is { Pass: Pass.Training or Pass.Validation, Training.Batches: > 0 }
        ? [new KeepPosition(state.Progress with
        {
            Position = state.Training with { Seconds = state.Training.Seconds + state.Elapsed, Tally = state.Pass == Pass.Training ? state.Tally : state.Training.Tally },
            NonFiniteInARow = state.NonFiniteInARow,
        })]
        : [];

    private static (TrainerState, IReadOnlyList<TrainerEffect>) Ended(TrainerState state, TrainerInput.PassEnded ended) => state.Pass switch
    {
        Pass.Training when state.Tally.Sequences == 0 => Fail(state, Diagnosis.NothingRead(state)),
        Pass.Training when state.Tally.Weight == 0 => (state, [new Explain()]), // an epoch without a step that was applied has no loss
        Pass.Training => Begin(state with { Training = state.Training with { Seconds = state.Training.Seconds + ended.Seconds, Tally = state.Tally }, Elapsed = 0 }, Pass.Validation),
        Pass.Validation => Validated(state, ended),
        Pass.Test => Tested(state),
        Pass.Prediction => PhaseEnd(state, new KeepPredictions(state.Tally.Predictions), new KeepEvaluation(state.Evaluation!)),
        _ => throw new InvalidOperationException("a stream ended that was not begun"),
    };

    private static (TrainerState, IReadOnlyList<TrainerEffect>) Validated(TrainerState state, TrainerInput.PassEnded ended)
    {
        var score = ValidationScore.Of(state.Tally.Predictions, state.Options.Types.Count);
        var (all, training) = (state.Training.Seconds + ended.Seconds, state.Training.Tally);
        var row = new MetricsRow(
            state.Phase, state.Progress.Epochs + 1, training.Means, score.MAcc, score.Loss, all, training.Sequences, all > 0 ? training.Sequences / all : 0,
            training.Unreadable.Count + state.Tally.Unreadable.Count, training.NonFinite)
        {
            LearningRate = Plateau.LearningRate(state.Options, state.Progress.Rows),
            Finished = ended.At,
        };
        var progress = state.Progress.With(row) with { NonFiniteInARow = state.NonFiniteInARow };
        var (next, effects) = Epoch(state with { Progress = progress });
        return (next, [new Keep(progress), .. effects]);
    }

    private static (TrainerState, IReadOnlyList<TrainerEffect>) Tested(TrainerState state)
    {
        var evaluation = new PhaseEvaluation(state.Phase, state.Progress.Best?.Epoch ?? 0, state.Tally.Predictions, state.Tally.Unreadable);
        if (state.Phase != "student")
        {
            return PhaseEnd(state, new KeepEvaluation(evaluation));
        }

        // The evaluation marks a phase as finished; the predictions come before it, so that a kill between the two leaves nobody out.
        return Begin(state with { Evaluation = evaluation }, Pass.Prediction);
    }

    private static (TrainerState, IReadOnlyList<TrainerEffect>) PhaseEnd(TrainerState state, params IEnumerable<TrainerEffect> keep)
    {
        var (next, effects) = NextPhase(state);
        return (next, [.. keep, new Close(), .. effects]);
    }

    private static (TrainerState, IReadOnlyList<TrainerEffect>) Fail(TrainerState state, Reason reason) =>
        (state with { Over = true, Pass = null }, [new Close(), new End(RunEnd.Failed, reason)]);
}
