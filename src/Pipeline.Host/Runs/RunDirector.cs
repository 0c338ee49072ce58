using Akka.Actor;
using Akka.Event;
using MhdNet.Host.Commands;
using MhdNet.Host.Report;
using MhdNet.Host.Status;
using MhdNet.Ingest.Drop;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Ledger;
using MhdNet.Training.Results;
using MhdNet.Training.Trainer;

namespace MhdNet.Host.Runs;

/// <summary>
/// Decides what the host does next (<see cref="DirectionRules"/>) and has it done: starts the trainer, has new patients typed, writes the report, ends the
/// host. Keeps the run's row in the ledger and the host's note for <c>mhdnet status</c>.
/// </summary>
public sealed class RunDirector : ReceiveActor, IWithTimers
{
    private readonly RunDirectorContext _context;
    private readonly CohortWatch _cohort;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private IntakeStatus? _intake;
    private long _lastChange;
    private RunFolder? _run;
    private RunProgress _progress;
    private RunRecord? _record;
    private HostNote? _note;
    private IActorRef? _stopAskedBy;

    /// <summary>A director.</summary>
    public RunDirector(RunDirectorContext context)
    {
        _context = context;
        _cohort = new CohortWatch(context.Store, context.LabelsFile, context.Options, context.MinimumPatients);
        Receive<Check>(_ => Decide());
        Receive<IntakeStatus>(status => _intake = status);
        Receive<ItemChanged>(changed => Changed(changed.Item.State is ItemState.Done || changed.Item.Sequences > 0));
        Receive<ItemForgotten>(_ => Changed(store: false));
        Receive<TrainingStarted>(started => Record("running", null, started.Resumed ? "goes on where it stopped" : null));
        Receive<EpochFinished>(epoch => Record("running", (epoch.Row.Phase, epoch.Row.Epoch), null));
        Receive<TrainerRestarted>(restart => Record("running", null, $"the trainer failed ({restart.Error}) and goes on from its last checkpoint"));
        Receive<TrainingFinished>(Finish);
        Receive<TrainingBusy>(_ => { });
        Receive<StopDirector>(_ => Stop());
        Receive<RunStored>(_ => { });
        Receive<LedgerFailed>(failed => Context.System.Scheduler.ScheduleTellOnce(_context.Settings.Interval, _context.Ledger, failed.Request, Self));
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <inheritdoc/>
    protected override void PreStart()
    {
        foreach (var type in new[] { typeof(IntakeStatus), typeof(ItemChanged), typeof(ItemForgotten), typeof(TrainingStarted), typeof(EpochFinished), typeof(TrainerRestarted), typeof(TrainingFinished) })
        {
            Context.System.EventStream.Subscribe(Self, type);
        }

        _lastChange = _context.Time.GetTimestamp();
        _run = !_context.NewRun && RunFolder.All(_context.Store.WorkFolder) is [.., var newest] ? newest : null;
        _progress = _run is null ? RunProgress.None : _run.Outcome() switch
        {
            null or { End: RunEnd.Stopped } => RunProgress.Interrupted,
            { End: RunEnd.Failed } => _context.Resume ? RunProgress.Interrupted : RunProgress.Failed,
            _ => RunProgress.Finished,
        };
        Timers.StartPeriodicTimer(nameof(Check), Check.Instance, _context.Settings.Interval);
    }

    /// <inheritdoc/>
    protected override void PostStop() => Context.System.EventStream.Unsubscribe(Self);

    private void Changed(bool store)
    {
        _lastChange = _context.Time.GetTimestamp();
        if (store)
        {
            _cohort.StoreChanged();
        }
    }

    private void Decide()
    {
        var settled = !_context.WatchesFolder || _intake is { IsSettled: true };
        var view = settled && _progress != RunProgress.Training ? _cohort.Read() : CohortView.WithoutLabels;
        switch (DirectionRules.Decide(SituationNow(settled, view)))
        {
            case Decision.Wait wait:
                Note(wait.Activity, wait.Why);
                break;
            case Decision.Train:
                Train(view);
                break;
            case Decision.Type type:
                Note(Activity.Typing, $"typing {type.Patients.Count} patients");
                _context.Type(_run!, [.. view.Cohort!.Patients.Where(patient => type.Patients.Contains(patient.Patient))]);
                _context.WriteReport(_run!);
                break;
            case Decision.End end:
                Timers.CancelAll();
                _context.Ended(end);
                break;
        }
    }

    private Situation SituationNow(bool settled, CohortView view) => new(
        _context.Once,
        settled,
        view.HasLabels,
        view.Problem,
        view.Readiness is { CanStart: false } lacking ? lacking.Sentences : [],
        view.Readiness?.Awaited ?? [],
        _context.Time.GetElapsedTime(_lastChange),
        _context.Settings.Patience,
        _progress,
        _progress == RunProgress.Finished && view.Cohort is { } cohort ? UntypedPatients.Of(cohort, _run!) : []);

    private void Train(CohortView view)
    {
        if (_progress == RunProgress.None)
        {
            foreach (var note in view.Notes)
            {
                _log.Warning("{0}", note);
            }

            _run = RunFolder.Create(_context.Store.WorkFolder, _context.Preset, _context.Options, view.Cohort!, _context.Time);
        }

        _progress = RunProgress.Training;
        _record = new RunRecord(_run!.Name, _context.Time.GetUtcNow(), null, "running", null, 0, null);
        Note(Activity.Training, $"training {_run.Name}");
        _context.Trainer.Tell(new StartTraining(_run) { LastPhase = _context.LastPhase });
    }

    private void Finish(TrainingFinished finished)
    {
        if (finished.Outcome.End == RunEnd.Completed)
        {
            _context.WriteReport(_run!);
            _progress = RunProgress.Finished;
            Record("done", null, ResultSentence.Of(_run!), finished.Outcome.At);
        }
        else
        {
            _progress = finished.Outcome.End == RunEnd.Failed ? RunProgress.Failed : RunProgress.Interrupted;
            Record(finished.Outcome.End == RunEnd.Failed ? "failed" : "stopped", null, finished.Outcome.Reason?.Sentence, finished.Outcome.End == RunEnd.Failed ? finished.Outcome.At : null);
        }

        _stopAskedBy?.Tell(new DirectorStopped());
        if (finished.Outcome.Reason is { Code: Diagnosis.PhaseDoneCode } done)
        {
            Timers.CancelAll();
            _context.Ended(new Decision.End(ExitCode.Ok, done.Sentence));
        }
    }

    private void Stop()
    {
        Timers.CancelAll();
        if (_progress == RunProgress.Training)
        {
            _stopAskedBy = Sender;
            _context.Trainer.Tell(new StopTraining());
        }
        else
        {
            Sender.Tell(new DirectorStopped());
        }
    }

    private void Record(string state, (string Phase, int Epoch)? at, string? message, DateTimeOffset? finished = null)
    {
        _record ??= new RunRecord(_run!.Name, _context.Time.GetUtcNow(), null, state, null, 0, null);
        _record = _record with { State = state, Phase = at?.Phase ?? _record.Phase, Epoch = at?.Epoch ?? _record.Epoch, Message = message, Finished = finished };
        _context.Ledger.Tell(new RunChanged(_record));
    }

    private void Note(Activity activity, string doing)
    {
        var problem = _intake?.Problems is [var first, ..] ? first.Sentence : null;
        if (_note?.Activity != activity || _note.Doing != doing || _note.Problem != problem)
        {
            _note = new HostNote(Environment.ProcessId, _context.Time.GetUtcNow(), activity, doing, problem);
            _note.Write(_context.Store.WorkFolder);
            Context.System.EventStream.Publish(_note);
        }
    }

    private sealed class Check
    {
        public static readonly Check Instance = new();
    }
}
