using System.Globalization;
using Akka.Actor;
using MhdNet.Host.Progress;
using MhdNet.Training.Ablation;
using MhdNet.Training.Results;
using MhdNet.Training.Trainer;

namespace MhdNet.Host.Ablations;

/// <summary>Has the runs of an ablation trained one after the other; writes the table after each. A run that fails costs its own cells, and those of the students of its teacher.</summary>
public sealed class AblationDirector : ReceiveActor
{
    private readonly AblationPlan _plan;
    private readonly AblationStore _store;
    private readonly AblationReport _report;
    private readonly IActorRef _trainer;
    private readonly IProgressView _view;
    private readonly Action<AblationEnd> _ended;
    private readonly Dictionary<string, string> _failed = new(StringComparer.Ordinal);
    private AblationRun? _run;

    /// <summary>A director.</summary>
    /// <param name="plan">What is to be trained.</param>
    /// <param name="store">Where the runs are.</param>
    /// <param name="report">Writes the tables.</param>
    /// <param name="trainer">The trainer's owner.</param>
    /// <param name="view">Where a person follows it.</param>
    /// <param name="ended">Called once.</param>
    public AblationDirector(AblationPlan plan, AblationStore store, AblationReport report, IActorRef trainer, IProgressView view, Action<AblationEnd> ended)
    {
        (_plan, _store, _report, _trainer, _view, _ended) = (plan, store, report, trainer, view, ended);
        Receive<TrainingFinished>(finished => finished.Run == _run?.Name, Finish);
        Receive<StopAblation>(_ => Stop());
        ReceiveAny(_ => { });
    }

    /// <inheritdoc/>
    protected override void PreStart()
    {
        Context.System.EventStream.Subscribe(Self, typeof(TrainingFinished));
        Next();
    }

    /// <inheritdoc/>
    protected override void PostStop() => Context.System.EventStream.Unsubscribe(Self);

    private void Next()
    {
        _run = _plan.Next(run => _store.IsFinished(run.Name), _failed.Keys.ToHashSet());
        if (_run is null)
        {
            _ended(new AblationEnd(_report.Write(_failed), Stopped: false, _failed.Count));
            return;
        }

        _view.Line(string.Create(CultureInfo.InvariantCulture, $"{_plan.Runs.Count(run => _store.IsFinished(run.Name))} of {_plan.Runs.Count} runs are done; now the {_run.Title}"));
        _trainer.Tell(new StartTraining(_store.Open(_run, _plan.Cohort)));
    }

    private void Finish(TrainingFinished finished)
    {
        if (finished.Outcome.End == RunEnd.Stopped)
        {
            _run = null;
            Stop();
            return;
        }

        if (finished.Outcome.End == RunEnd.Failed)
        {
            _failed[finished.Run] = finished.Outcome.Reason?.Sentence ?? "no reason is known.";
        }

        _report.Write(_failed);
        Next();
    }

    private void Stop()
    {
        if (_run is null)
        {
            _ended(new AblationEnd(_report.Write(_failed), Stopped: true, _failed.Count));
        }
        else
        {
            _trainer.Tell(new StopTraining());
        }
    }
}
