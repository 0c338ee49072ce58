using Akka.Actor;
using Akka.Event;
using MhdNet.Training.Batches;
using MhdNet.Training.Cohorts;
using MhdNet.Training.Options;
using MhdNet.Training.Results;

namespace MhdNet.Training.Trainer;

/// <summary>
/// Trains one run on a thread of its own, from where its folder says it stopped. <see cref="TrainerRules"/> decides what comes next; this actor does it, one batch
/// in its hands at a time: the next is sent only after the step. What a phase throws goes to the owner, who begins again from the last checkpoint.
/// </summary>
internal sealed class TrainerActor : ReceiveActor
{
    private readonly RunFolder _run;
    private readonly IPhaseFactory _factory;
    private readonly TrainingSettings _settings;
    private readonly TimeProvider _time;
    private readonly MhdOptions _options;
    private readonly Cohort _cohort;
    private readonly ISequenceReader _reader;
    private readonly RunWriter _writer;
    private TrainerState _state;
    private ITrainingPhase? _phase;
    private Batch? _notApplied;
    private IActorRef _instance = ActorRefs.Nobody;
    private int _stream;
    private int _batches;
    private int _sinceKept;
    private long _kept;
    private int _sequences;
    private long _began;

    public TrainerActor(RunFolder run, string? lastPhase, IPhaseFactory factory, Func<MhdOptions, ISequenceReader> reader, TrainingSettings settings, TimeProvider time)
    {
        (_run, _factory, _settings, _time) = (run, factory, settings, time);
        (_options, _cohort) = (run.Options, run.Cohort);
        _reader = reader(_options);
        _writer = new RunWriter(run, _options, _cohort, settings.BootstrapDraws);
        _state = TrainerState.Of(RunFolder.Phases(_options), lastPhase, _options);
        Receive<TrainerInput>(Apply);
        Receive<StopTraining>(_ => Apply(new TrainerInput.StopAsked()));
        Receive<EpochMessages.Ready>(_ => Sender.Tell(EpochMessages.Taken.It));
        Receive<EpochMessages.Next>(next => next.Stream == _stream, next => Take(next.Batch));
        Receive<EpochMessages.Done>(done => done.Stream == _stream, _ => Apply(Ended(_time.GetElapsedTime(_began).TotalSeconds)));
        Receive<EpochMessages.Failed>(failed => failed.Stream == _stream, failed => throw new InvalidOperationException($"the stream of training batches failed: {failed.Error.Message}", failed.Error));
        Receive<EpochMessages.Next>(_ => { });
        Receive<EpochMessages.Done>(_ => { });
        Receive<EpochMessages.Failed>(_ => { });
    }

    /// <summary>A trainer of one run.</summary>
    public static Props Props(RunFolder run, string? lastPhase, IPhaseFactory factory, Func<MhdOptions, ISequenceReader> reader, TrainingSettings settings, TimeProvider time) =>
        Akka.Actor.Props.Create(() => new TrainerActor(run, lastPhase, factory, reader, settings, time)).WithDispatcher(TrainingSettings.Dispatcher);

    protected override void PreStart()
    {
        _writer.WriteProvenance(_time.GetUtcNow());
        Self.Tell(new TrainerInput.Begun(_writer.FinishedPhases()));
    }

    protected override void PostStop() => _phase?.Dispose();

    private void Take(ReadBatch read)
    {
        var losses = read.Batch is { } batch ? Work(batch, read.Samples) : null;
        if (read.Unreadable.Count > 0)
        {
            Apply(new TrainerInput.Unreadable([.. read.Unreadable.Select(file => file.Path)]));
            Publish(new SequencesLeftOut(_run.Name, _state.Phase, EpochNumber, read.Unreadable, read.Batch is null));
        }

        if (!_state.Over)
        {
            _sequences += read.Samples.Count;
            var seconds = _time.GetElapsedTime(_began).TotalSeconds;
            Publish(new TrainingProgress(
                _run.Name, _state.Phase, _state.Pass!.Value, EpochNumber, _state.Epochs, read.Plan.Index + 1, _batches,
                losses?.GetValueOrDefault("loss"), _state.Progress.Rows is [.., var last] ? last.ValidationMAcc : null, seconds > 0 ? _sequences / seconds : 0));
            _sinceKept++;
            Apply(new TrainerInput.BatchDone(read.Plan.Index + 1, seconds, KeepDue: _settings.KeepIsDue(_sinceKept, _time.GetElapsedTime(_kept))));
        }

        Sender.Tell(EpochMessages.Taken.It);
    }

    private IReadOnlyDictionary<string, double>? Work(Batch batch, IReadOnlyList<PlannedSample> samples)
    {
        if (_state.Pass != Pass.Training)
        {
            var (predictions, bad) = Predictions.Of(_phase!, batch, samples);
            Apply(bad.Count == 0 ? new TrainerInput.Predicted(predictions) : new TrainerInput.NotFinite(bad, _phase!.TestArithmetic()));
            return null;
        }

        var losses = _phase!.Step(batch);
        if (!PassTally.IsFinite(losses))
        {
            _notApplied = batch;
            Publish(new NonFiniteLoss(_run.Name, _state.Phase, EpochNumber, batch.Index + 1, losses, batch.Names));
        }

        Apply(new TrainerInput.Stepped(losses, batch.Names));
        return losses;
    }

    private int EpochNumber => Math.Min(_state.Progress.Epochs + 1, Math.Max(1, _state.Epochs));

    private void Apply(TrainerInput input)
    {
        for (TrainerInput? next = input; next is not null;)
        {
            (_state, var effects) = TrainerRules.Next(_state, next);
            next = null;
            foreach (var effect in effects)
            {
                next = Do(effect) ?? next;
            }
        }
    }

    private TrainerInput? Do(TrainerEffect effect)
    {
        switch (effect)
        {
            case TrainerEffect.Open open:
                return Open(open.Phase);
            case TrainerEffect.Stream stream:
                return Begin(stream);
            case TrainerEffect.Keep keep:
                Keep(keep.Progress);
                return null;
            case TrainerEffect.KeepPosition keep:
                _run.Checkpoints(_state.Phase).Keep(keep.Progress, _phase!.Save);
                Kept();
                return null;
            case TrainerEffect.Explain:
                return new TrainerInput.Explained(_notApplied is null ? null : _phase!.Explain(_notApplied));
            case TrainerEffect.SetLearningRate set:
                _phase!.LearningRate = set.Rate;
                return null;
            case TrainerEffect.LoadBest:
                _phase!.Load(_run.Checkpoints(_state.Phase).Best);
                return null;
            case TrainerEffect.KeepEvaluation keep:
                _writer.Write(keep.Evaluation);
                return null;
            case TrainerEffect.KeepPredictions keep:
                _writer.Write(keep.Predictions);
                return null;
            case TrainerEffect.Close:
                Close();
                return null;
            case TrainerEffect.WriteResult:
                WriteResult();
                return null;
            case TrainerEffect.End end:
                Context.Parent.Tell(end);
                return null;
            default:
                throw new ArgumentOutOfRangeException(nameof(effect), effect, "not an effect of the trainer");
        }
    }

    private TrainerInput.Opened Open(string phase)
    {
        var checkpoints = _run.Checkpoints(phase);
        checkpoints.Tidy();
        var restored = PhaseRestore.Of(() => _factory.Create(phase, _options, phase == "teacher" ? null : _run.Checkpoints("teacher").Best), checkpoints);
        _phase = restored.Phase;
        if (restored.Damage is { } damage)
        {
            Context.GetLogger().Warning(damage, "The last checkpoint of {0}'s {1} is damaged; it is kept as {2}", _run.Name, phase, restored.SetAside);
            Publish(new CheckpointSetAside(_run.Name, phase, damage.Message, restored.SetAside, restored.FromBest));
        }

        _writer.WriteMetrics(); // a kill between a checkpoint and its row leaves them apart
        Kept();
        return new TrainerInput.Opened(_phase.Epochs, restored.Progress);
    }

    private TrainerInput.PassEnded? Begin(TrainerEffect.Stream stream)
    {
        Context.Stop(_instance);
        var plan = PassPlan.Of(_cohort, _options, _state.Phase, stream.Pass, stream.Epoch);
        (_stream, _batches, _sequences, _began) = (_stream + 1, plan.Count, 0, _time.GetTimestamp());
        if (plan.Count <= stream.Skip)
        {
            return Ended(0);
        }

        var source = EpochStream.Of([.. plan.Skip(stream.Skip)], _reader, _options, _settings.Prefetch, _settings.Readers);
        _instance = Context.ActorOf(EpochInstance.Props(_stream, source), $"stream-{_stream}");
        return null;
    }

    private void Keep(PhaseProgress progress)
    {
        _run.Checkpoints(progress.Phase).Keep(progress, _phase!.Save);
        Kept();
        _writer.WriteMetrics();
        var early = progress.Epochs < _state.Epochs && EarlyStopping.Reached(_options, progress.Rows);
        var finished = new EpochFinished(_run.Name, _state.Epochs, progress.Rows[^1], progress.Best?.Epoch == progress.Epochs) { Early = early };
        Context.Parent.Tell(finished);
        Publish(finished);
    }

    private void Kept() => (_sinceKept, _kept) = (0, _time.GetTimestamp());

    private TrainerInput.PassEnded Ended(double seconds) => new(seconds, _time.GetUtcNow());

    private void Close()
    {
        Context.Stop(_instance);
        _stream++;
        _phase?.Dispose();
        _phase = null;
    }

    private void WriteResult()
    {
        _writer.WriteResult();
        if (!_settings.Figures)
        {
            return;
        }

        try
        {
            _writer.DrawFigures();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Hours of training do not fail for a picture (a system without fonts, a full disk); the numbers are written.
            Context.GetLogger().Error(e, "The figures of {0} could not be drawn", _run.Name);
        }
    }

    private static void Publish(object message) => Context.System.EventStream.Publish(message);
}
