using MhdNet.Ingest.Items;

namespace MhdNet.Ingest.Ledger;

/// <summary>What the drop folder says of an item.</summary>
public abstract record Standing
{
    private Standing()
    {
    }

    /// <summary>Files are still changing, or more may come.</summary>
    public sealed record Growing : Standing;

    /// <summary>All files are there and stable.</summary>
    public sealed record Complete : Standing;

    /// <summary>Nothing that could become sequences.</summary>
    public sealed record Refused(Reason Reason) : Standing;

    /// <summary>Could not be read, however often it was tried.</summary>
    public sealed record Unreadable(Reason Reason) : Standing;
}
