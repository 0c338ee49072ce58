namespace MhdNet.Host.Workers;

/// <summary>The name of one worker process: <c>worker 2, process 5</c> is <c>2.5</c>. A process that takes another's place has a name of its own.</summary>
/// <param name="Value">The text.</param>
public readonly record struct WorkerId(string Value)
{
    /// <summary>The machine that it is on, <c>nodeB</c> of <c>nodeB/2.5</c>; empty for the host's own.</summary>
    public string Machine => Value[..Math.Max(0, Value.LastIndexOf('/'))];

    /// <inheritdoc/>
    public override string ToString() => Value;
}
