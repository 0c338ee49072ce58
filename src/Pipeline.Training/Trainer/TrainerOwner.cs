using System.Reflection;
using Akka.Actor;
using Akka.Event;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Ledger;
using MhdNet.Ingest.Sequences;
using MhdNet.Training.Arithmetic;
using MhdNet.Training.Batches;
using MhdNet.Training.Options;
using MhdNet.Training.Results;

namespace MhdNet.Training.Trainer;

/// <summary>
/// Owns the training of one run at a time. A trainer that throws is begun again from its last checkpoint after a growing pause; after too many times without a
/// finished epoch the run fails with the reason. Everything that happens is published on the event stream.
/// </summary>
public sealed class TrainerOwner : ReceiveActor, IWithTimers
{
    private readonly IPhaseFactory _factory;
    private readonly Func<RunFolder, MhdOptions, ISequenceReader> _reader;
    private readonly TrainingSettings _settings;
    private readonly TimeProvider _time;
    private readonly HostMark? _mark;
    private RunFolder? _run;
    private string? _lastPhase;
    private IActorRef _trainer = ActorRefs.Nobody;
    private TrainerEffect.End? _ended;
    private Exception? _error;
    private int _failures;

    /// <summary>Creates the owner; see <see cref="Props(IPhaseFactory, TrainingSettings, TimeProvider, HostMark?)"/>.</summary>
    public TrainerOwner(IPhaseFactory factory, Func<RunFolder, MhdOptions, ISequenceReader> reader, TrainingSettings settings, TimeProvider time, HostMark? mark = null)
    {
        (_factory, _reader, _settings, _time, _mark) = (factory, reader, settings, time, mark);
        Idle();
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>An owner that reads sequences from the run's work folder.</summary>
    /// <param name="factory">Makes the networks.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="time">The clock.</param>
    /// <param name="mark">The work folder's mark: once it is another's, nothing of a run is written any more.</param>
    public static Props Props(IPhaseFactory factory, TrainingSettings settings, TimeProvider time, HostMark? mark = null) =>
        Props(factory, (run, options) => new SequenceReader(run.WorkFolder, options), settings, time, mark);

    /// <summary>An owner with another reader.</summary>
    public static Props Props(IPhaseFactory factory, Func<RunFolder, MhdOptions, ISequenceReader> reader, TrainingSettings settings, TimeProvider time, HostMark? mark = null) =>
        Akka.Actor.Props.Create(() => new TrainerOwner(factory, reader, settings, time, mark));

    /// <inheritdoc/>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(error =>
    {
        _error = CauseOf(error);
        return Directive.Stop;
    });

    private void Idle()
    {
        Receive<StartTraining>(Start);
        Receive<StopTraining>(_ => { });
    }

    private void Running()
    {
        Receive<StartTraining>(_ => Sender.Tell(new TrainingBusy(_run!.Name)));
        Receive<StopTraining>(stop =>
        {
            if (Timers.IsTimerActive(nameof(Resume)))
            {
                Timers.CancelAll();
                Finish(RunEnd.Stopped, null);
            }
            else
            {
                _trainer.Tell(stop);
            }
        });
        Receive<EpochFinished>(_ => _failures = 0);
        Receive<TrainerEffect.End>(end =>
        {
            _ended = end;
            Context.Stop(_trainer);
        });
        Receive<Terminated>(_ => TrainerGone());
        Receive<Resume>(_ => Train());
    }

    private void Start(StartTraining start)
    {
        (_run, _lastPhase) = (start.Run.Fenced(_mark), start.LastPhase);
        _failures = 0;
        TrainingStarted started;
        try
        {
            started = new TrainingStarted(_run.Name, _run.Path, _run.IsBegun);
            _run.End(null);
        }
        catch (SupersededException e)
        {
            Supersede(e);
            return;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            Finish(RunEnd.Failed, Diagnosis.Threw(1, e)); // who asked waits for an end
            return;
        }

        Train();
        Become(Running);
        Context.System.EventStream.Publish(started);
        Sender.Tell(started);
    }

    private void Train()
    {
        (_ended, _error) = (null, null);
        var run = _run!;
        _trainer = Context.Watch(Context.ActorOf(TrainerActor.Props(run, _lastPhase, _factory, options => _reader(run, options), _settings, _time)));
    }

    private void TrainerGone()
    {
        if (_ended is not null)
        {
            Finish(_ended.How, _ended.Reason);
            return;
        }

        var error = _error ?? new InvalidOperationException("the trainer stopped without a word");
        if (error is SupersededException superseded)
        {
            Supersede(superseded);
            return;
        }

        if (OutOfMemory.Words(error) is { } words)
        {
            Finish(RunEnd.Failed, Diagnosis.Memory(_run!.Preset, _run.Options, words));
            return;
        }

        if (error is WrongArithmeticException wrong)
        {
            Finish(RunEnd.Failed, Diagnosis.Arithmetic(wrong));
            return;
        }

        if (error is InvalidDataException)
        {
            Finish(RunEnd.Failed, Diagnosis.Damaged(error)); // what is wrong with a file does not pass by waiting
            return;
        }

        var passes = StoreFault.IsFull(error) || !FolderPresence.IsThere(_run!.WorkFolder); // a full disk, a share that does not answer: they say nothing of the run
        if (!passes && ++_failures > _settings.MaxRestarts)
        {
            Finish(RunEnd.Failed, Diagnosis.Threw(_failures, error));
            return;
        }

        var pause = passes ? _settings.MaxBackoff : _settings.Backoff(_failures);
        Context.GetLogger().Warning(error, "The trainer of {0} failed; it goes on from its last checkpoint in {1}", _run!.Name, pause);
        Context.System.EventStream.Publish(new TrainerRestarted(_run!.Name, _failures, $"{error.GetType().Name}: {error.Message}", pause));
        Timers.StartSingleTimer(nameof(Resume), default(Resume), pause);
    }

    private void Finish(RunEnd how, Reason? reason)
    {
        var (run, outcome) = (_run!, new RunOutcome(how, reason, _time.GetUtcNow()));
        try
        {
            run.End(outcome);
        }
        catch (SupersededException e)
        {
            Supersede(e);
            return;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Who waits for the end must hear of it also where the disk is full.
            Context.GetLogger().Error(e, "How {0} ended could not be written: {1}", run.Name, outcome);
        }

        _run = null;
        Become(Idle);
        Context.System.EventStream.Publish(new TrainingFinished(run.Name, run.Path, outcome));
    }

    /// <summary>The run is another host's, which goes on with it: this one is told, and ends.</summary>
    private static void Supersede(SupersededException e) => Context.System.EventStream.Publish(new Superseded(e.Message));

    /// <summary>What the trainer met when it was made (options that cannot be read) comes wrapped by Akka and reflection; people need the cause.</summary>
    private static Exception CauseOf(Exception error) => error is ActorInitializationException or TypeLoadException or TargetInvocationException && error.InnerException is { } inner ? CauseOf(inner) : error;

    private readonly record struct Resume;
}
