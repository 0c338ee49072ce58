namespace MhdNet.Ingest.Items;

/// <summary>What became of a job. A failed element is a value: nothing leaves a stream without one of these.</summary>
public abstract record Outcome
{
    private Outcome()
    {
    }

    /// <summary>The sequences are committed to the store.</summary>
    /// <param name="Sequences">How many; at least one.</param>
    /// <param name="Note">What people should know although the item is good, or null.</param>
    public sealed record Done(int Sequences, string? Note = null) : Outcome;

    /// <summary>Readable but not usable; trying again would change nothing.</summary>
    public sealed record Rejected(Reason Reason) : Outcome;

    /// <summary>Something went wrong that another attempt may not meet (a file cut short may still be growing).</summary>
    public sealed record Failed(Reason Reason) : Outcome;
}
