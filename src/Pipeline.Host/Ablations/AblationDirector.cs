using System.Globalization;
using Akka.Actor;
using MhdNet.Host.Progress;
using MhdNet.Training.Ablation;
using MhdNet.Training.Results;
using MhdNet.Training.Trainer;

namespace MhdNet.Host.Ablations;

/// <summary>
/// Has the runs of an ablation trained, one by each trainer at a time; writes the table after each. A run that fails costs its own cells, and those of the students of its
/// teacher.
/// </summary>
public sealed class AblationDirector : ReceiveActor
{
    private readonly AblationPlan _plan;
    private readonly AblationStore _store;
    private readonly AblationReport _report;
    private readonly IProgressView _view;
    private readonly Action<AblationEnd> _ended;
    private readonly Queue<IActorRef> _idle;
    private readonly Dictionary<string, IActorRef> _busy = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _failed = new(StringComparer.Ordinal);
    private bool _stopping;

    /// <summary>A director.</summary>
    /// <param name="plan">What is to be trained.</param>
    /// <param name="store">Where the runs are.</param>
    /// <param name="report">Writes the tables.</param>
    /// <param name="trainers">The trainers' owners; as many runs are trained at the same time.</param>
    /// <param name="view">Where a person follows it.</param>
    /// <param name="ended">Called once.</param>
    public AblationDirector(AblationPlan plan, AblationStore store, AblationReport report, IReadOnlyList<IActorRef> trainers, IProgressView view, Action<AblationEnd> ended)
    {
        (_plan, _store, _report, _idle, _view, _ended) = (plan, store, report, new Queue<IActorRef>(trainers), view, ended);
        Receive<TrainingFinished>(finished => _busy.ContainsKey(finished.Run), Finish);
        Receive<StopAblation>(_ =>
        {
            Stop();
            Next();
        });
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
        while (!_stopping && _idle.Count > 0 && _plan.Next(_store.IsFinished, new HashSet<string>([.. _busy.Keys, .. _failed.Keys])) is { } run)
        {
            var trainer = _idle.Dequeue();
            _busy.Add(run.Name, trainer);
            _view.Line(string.Create(CultureInfo.InvariantCulture, $"{_plan.Runs.Count(planned => _store.IsFinished(planned.Name))} of {_plan.Runs.Count} runs are done; now the {run.Title}"));
            trainer.Tell(new StartTraining(_store.Open(run, _plan.Cohort)));
        }

        if (_busy.Count == 0)
        {
            _ended(new AblationEnd(_report.Write(_failed), _stopping, _failed.Count));
            Context.Stop(Self);
        }
    }

    private void Finish(TrainingFinished finished)
    {
        _busy.Remove(finished.Run, out var trainer);
        _idle.Enqueue(trainer!);
        switch (finished.Outcome.End)
        {
            case RunEnd.Stopped:
                Stop();
                break;
            case RunEnd.Failed:
                _failed[finished.Run] = finished.Outcome.Reason?.Sentence ?? "no reason is known.";
                break;
        }

        _report.Write(_failed);
        Next();
    }

    private void Stop()
    {
        _stopping = true;
        foreach (var trainer in _busy.Values)
        {
            trainer.Tell(new StopTraining());
        }
    }
}
