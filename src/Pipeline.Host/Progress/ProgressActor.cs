using Akka.Actor;
using MhdNet.Training.Trainer;

namespace MhdNet.Host.Progress;

/// <summary>Brings what happens to the person who watches.</summary>
public sealed class ProgressActor : ReceiveActor
{
    private ProgressBoard _board = ProgressBoard.Empty;

    /// <summary>Shows everything that <see cref="ProgressLines"/> knows in a view.</summary>
    /// <param name="view">The view.</param>
    /// <param name="runTitle">What a run is called, where several are trained at the same time; goes before the lines of its epochs.</param>
    public ProgressActor(IProgressView view, Func<string, string>? runTitle = null)
    {
        ReceiveAny(message =>
        {
            if (ProgressLines.Of(message) is { } line)
            {
                view.Line(runTitle is not null && message is EpochFinished epoch ? $"{runTitle(epoch.Run)}: {line}" : line);
            }

            _board = _board.After(message);
            view.Show(_board);
        });
    }

    /// <inheritdoc/>
    protected override void PreStart()
    {
        foreach (var type in ProgressLines.Messages)
        {
            Context.System.EventStream.Subscribe(Self, type);
        }
    }

    /// <inheritdoc/>
    protected override void PostStop() => Context.System.EventStream.Unsubscribe(Self);
}
