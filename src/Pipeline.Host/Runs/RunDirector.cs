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
    private readonly HostNotes _notes;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private IntakeStatus? _intake;
    private long _lastChange;
    private RunFolder? _run;
    private RunProgress? _progress;
    private PartProblems _parts = PartProblems.None;
    private string _step = "Looking for the newest run";
    private RunRecord? _record;
    private IReadOnlyList<string> _told = [];
    private IActorRef? _stopAskedBy;
    private Setback _setback = Setback.None;
    private int _failures; // in a row, with the work folder there

    /// <summary>A director.</summary>
    public RunDirector(RunDirectorContext context)
    {
        _context = context;
        _notes = new HostNotes(context.Store.WorkFolder, context.Time);
        _cohort = new CohortWatch(context.Store, context.LabelsFile, context.Options, context.MinimumPatients);
        Receive<Check>(_ => Attempt());
        Receive<IntakeStatus>(status => _intake = status);
        Receive<ItemChanged>(changed => Changed(changed.Item.State is ItemState.Done || changed.Item.Sequences > 0));
        Receive<PartState>(state => _parts = _parts.After(state));
        Receive<ItemForgotten>(_ => Changed(store: true));
        Receive<TrainingStarted>(started => Record("running", null, started.Resumed ? "goes on where it stopped" : null));
        Receive<EpochFinished>(epoch => Record("running", (epoch.Row.Phase, epoch.Row.Epoch), null));
        Receive<TrainerRestarted>(restart => Record("running", null, $"the trainer failed ({restart.Error}) and goes on from its last checkpoint"));
        Receive<TrainingFinished>(Finish);
        Receive<TrainingBusy>(_ => { });
        Receive<StopDirector>(_ => Stop());
        Receive<RunStored>(_ => { });
        Receive<LedgerFailed>(failed => failed.Request is RunChanged change && change.Run != _record, _ => { }); // a later one tells more
        Receive<LedgerFailed>(failed => Context.System.Scheduler.ScheduleTellOnce(_context.Settings.Interval, _context.Ledger, failed.Request, Self));
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <inheritdoc/>
    protected override void PreStart()
    {
        foreach (var type in new[] { typeof(IntakeStatus), typeof(ItemChanged), typeof(ItemForgotten), typeof(PartState), typeof(TrainingStarted), typeof(EpochFinished), typeof(TrainerRestarted), typeof(TrainingFinished) })
        {
            Context.System.EventStream.Subscribe(Self, type);
        }

        _lastChange = _context.Time.GetTimestamp();
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

    /// <summary>The next step. One that fails must not end the director: it is told and tried again, and ends a host that runs once, unless the work folder is away, a share that does not answer: then there is nothing to tell an end by.</summary>
    private void Attempt()
    {
        if (_context.Time.GetUtcNow() < _setback.NotBefore)
        {
            return;
        }

        try
        {
            _context.Mark?.RequireCurrent();
            _progress ??= FindRun();
            Decide(_progress.Value);
            (_setback, _failures) = (Setback.None, 0);
        }
        catch (SupersededException e)
        {
            Context.System.EventStream.Publish(new Superseded(e.Message));
        }
        catch (Exception e)
        {
            _setback = _setback.Again(_step, e, _context.Time.GetUtcNow());
            _log.Error(e, "{0}", _setback.Sentence);
            Note(Activity.Waiting, _setback.Sentence!);
            _failures = FolderPresence.IsThere(_context.Store.WorkFolder) ? _failures + 1 : 0;
            if (_context.Once && _failures >= Setback.GivenUpAfter)
            {
                End(new Decision.End(ExitCode.Failed, _setback.Sentence!));
            }
        }
    }

    private RunProgress FindRun()
    {
        _run = !_context.NewRun && RunFolder.All(_context.Store.WorkFolder) is [.., var newest] ? newest : null;
        if (_run is not null)
        {
            _cohort.Follow(_run.Options);
        }

        return _run is null ? RunProgress.None : _run.Outcome() switch
        {
            null or { End: RunEnd.Stopped } => RunProgress.Interrupted,
            { End: RunEnd.Failed } => _context.Resume ? RunProgress.Interrupted : RunProgress.Failed,
            _ when !File.Exists(_run["report.html"]) => RunProgress.Trained,
            _ => RunProgress.Finished,
        };
    }

    private void Decide(RunProgress progress)
    {
        _step = "Reading labels and sequences";
        var settled = !_context.WatchesFolder || _intake is { IsSettled: true };
        var view = settled && progress != RunProgress.Training ? _cohort.Read() : CohortView.WithoutLabels;
        if (view.Cohort is not null && !view.Notes.SequenceEqual(_told))
        {
            _told = view.Notes;
            Context.System.EventStream.Publish(new CohortNotes(_told));
        }

        switch (DirectionRules.Decide(SituationNow(progress, settled, view)))
        {
            case Decision.Wait { Activity: Activity.Training }:
                Note(Activity.Training, $"training {_run!.Name}");
                break;
            case Decision.Wait wait:
                Note(wait.Activity, wait.Why);
                break;
            case Decision.Train:
                _step = "Beginning a run";
                Train(view, progress);
                break;
            case Decision.Report:
                _step = "Writing the report";
                Report();
                break;
            case Decision.Type type:
                _step = "Typing patients";
                Note(Activity.Typing, $"typing {Counted.Of(type.Patients.Count, "patient")}");
                _context.Type(_run!, [.. view.Cohort!.Patients.Where(patient => type.Patients.Contains(patient.Patient))]);
                _context.WriteReport(_run!);
                break;
            case Decision.End end:
                End(end);
                break;
        }
    }

    private void End(Decision.End end)
    {
        Timers.CancelAll();
        _context.Ended(end);
    }

    private Situation SituationNow(RunProgress progress, bool settled, CohortView view) => new(
        _context.Once,
        settled,
        view.HasLabels,
        view.Problem,
        view.Readiness is { CanStart: false } lacking ? lacking.Sentences : [],
        view.Readiness?.Awaited ?? [],
        _context.Time.GetElapsedTime(_lastChange),
        _context.Settings.Patience,
        progress,
        progress == RunProgress.Finished && view.Cohort is { } cohort ? UntypedPatients.Of(cohort, _run!) : [])
    {
        Blocked = !settled && _intake is { PendingFiles: 0, Items: { Running: 0, Ready: > 0 } } ? _intake.Problems.FirstOrDefault(problem => problem.IsDiskLow)?.Sentence : null,
    };

    private void Train(CohortView view, RunProgress progress)
    {
        if (progress == RunProgress.None)
        {
            _run = RunFolder.Create(_context.Store.WorkFolder, _context.Preset, _context.Options, view.Cohort!, _context.Time);
        }

        _progress = RunProgress.Training;
        _record = NewRecord("running");
        Note(Activity.Training, $"training {_run!.Name}");
        _context.Trainer.Tell(new StartTraining(_run!) { LastPhase = _context.LastPhase });
    }

    private void Finish(TrainingFinished finished)
    {
        if (finished.Outcome.End == RunEnd.Completed)
        {
            _progress = RunProgress.Trained;
            Record("done", null, null, finished.Outcome.At);
        }
        else
        {
            _progress = finished.Outcome.End == RunEnd.Failed ? RunProgress.Failed : RunProgress.Interrupted;
            Record(finished.Outcome.End == RunEnd.Failed ? "failed" : "stopped", null, finished.Outcome.Reason?.Sentence, finished.Outcome.End == RunEnd.Failed ? finished.Outcome.At : null);
        }

        _stopAskedBy?.Tell(new DirectorStopped());
        if (finished.Outcome.Reason is { Code: Diagnosis.PhaseDoneCode } done)
        {
            End(new Decision.End(ExitCode.Ok, done.Sentence));
        }
    }

    private void Report()
    {
        _context.WriteReport(_run!);
        _progress = RunProgress.Finished;
        Record("done", null, ResultSentence.Of(_run!), _run!.Outcome()!.At);
        Context.System.EventStream.Publish(new RunReported(ResultSentence.OfNetworks(_run!), _run["report.html"]));
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
        _record ??= NewRecord(state);
        _record = _record with { State = state, Phase = at?.Phase ?? _record.Phase, Epoch = at?.Epoch ?? _record.Epoch, Message = message, Finished = finished };
        _context.Ledger.Tell(new RunChanged(_record));
    }

    private RunRecord NewRecord(string state) => new(_run!.Name, _run.Begun, null, state, null, 0, null);

    private void Note(Activity activity, string doing)
    {
        if (_notes.Say(activity, doing, _intake?.Problems is [var first, ..] ? first.Sentence : null, _parts.Sentences) is { } note)
        {
            Context.System.EventStream.Publish(note);
            if (_notes.Unwritten is { } why)
            {
                _log.Warning("What the host is doing ({0}) could not be written for 'mhdnet status': {1}", doing, why);
            }
        }
    }

    private sealed class Check
    {
        public static readonly Check Instance = new();
    }
}
