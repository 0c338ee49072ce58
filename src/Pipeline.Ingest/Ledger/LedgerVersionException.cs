namespace MhdNet.Ingest.Ledger;

/// <summary>The file is no ledger that this program can use. The message says what it is, and what to do.</summary>
public sealed class LedgerVersionException : Exception
{
    /// <summary>Says why.</summary>
    public LedgerVersionException(string message)
        : base(message)
    {
    }

    /// <summary>Says why, with what SQLite said.</summary>
    public LedgerVersionException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>Says nothing.</summary>
    public LedgerVersionException()
    {
    }
}
