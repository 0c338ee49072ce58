namespace MhdNet.Ingest.Ledger;

/// <summary>A work folder cannot be used. The message says why, and what to do.</summary>
public sealed class WorkFolderException : Exception
{
    /// <summary>Says why.</summary>
    public WorkFolderException(string message)
        : base(message)
    {
    }

    /// <summary>Says why, with what the system said.</summary>
    public WorkFolderException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>Says nothing.</summary>
    public WorkFolderException()
    {
    }

    /// <summary>Whether the only reason is that another process works on the folder.</summary>
    public bool IsInUse { get; init; }

    /// <summary>Whether the only reason is that workers of an earlier host have not ended yet.</summary>
    public bool WorkersRemain { get; init; }
}
