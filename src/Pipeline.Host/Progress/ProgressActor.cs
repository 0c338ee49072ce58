using Akka.Actor;

namespace MhdNet.Host.Progress;

/// <summary>Brings what happens to the person who watches.</summary>
public sealed class ProgressActor : ReceiveActor
{
    private ProgressBoard _board = ProgressBoard.Empty;

    /// <summary>Shows everything that <see cref="ProgressLines"/> knows in a view.</summary>
    public ProgressActor(IProgressView view)
    {
        ReceiveAny(message =>
        {
            if (ProgressLines.Of(message) is { } line)
            {
                view.Line(line);
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
