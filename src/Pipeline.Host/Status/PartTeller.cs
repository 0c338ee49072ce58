using Akka.Actor;

namespace MhdNet.Host.Status;

/// <summary>Tells a person what is wrong with a part of the program, and when it is right again, where no <c>status</c> is kept.</summary>
internal sealed class PartTeller : ReceiveActor
{
    private readonly HashSet<string> _wrong = [];

    /// <summary>Of all parts of its actor system.</summary>
    /// <param name="line">Where a person follows it.</param>
    public PartTeller(Action<string> line) => Receive<PartState>(state =>
    {
        if (state.Problem is { } problem)
        {
            _wrong.Add(state.Part);
            line($"{state.Part}: {problem}");
        }
        else if (_wrong.Remove(state.Part))
        {
            line($"{state.Part}: as it should be again");
        }
    });

    /// <inheritdoc/>
    protected override void PreStart() => Context.System.EventStream.Subscribe(Self, typeof(PartState));
}
