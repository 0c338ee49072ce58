namespace MhdNet.Ingest.Ledger;

/// <summary>Another host has opened the work folder since, so this one must not write into it any more. Nothing was written.</summary>
public sealed class SupersededException : Exception
{
    /// <summary>Says so.</summary>
    public SupersededException()
        : base("Another host has taken over the work folder: this one was cut off from it, or its lock was removed. It writes nothing any more, and ends; the other goes on with the same ledger.")
    {
    }

    /// <summary>Says something else.</summary>
    public SupersededException(string message)
        : base(message)
    {
    }

    /// <summary>Says something else, with a cause.</summary>
    public SupersededException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
