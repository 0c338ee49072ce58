namespace MhdNet.Ingest.Drop;

/// <summary>What is known of one file of the drop folder after several looks.</summary>
/// <param name="Path">Relative to the drop folder.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Modified">Time of the last change, as the file system says.</param>
/// <param name="Since">When it was first seen in this form.</param>
/// <param name="Looks">Looks in a row that found it in this form; not counted beyond 2.</param>
public sealed record ObservedFile(string Path, long Size, DateTimeOffset Modified, DateTimeOffset Since, int Looks)
{
    /// <summary>What it is; null while it was not probed in this form.</summary>
    public ProbeResult? Probe { get; init; }

    /// <summary>How often it was probed in this form.</summary>
    public int ProbeAttempts { get; init; }

    /// <summary>When an unreadable file was probed last.</summary>
    public DateTimeOffset ProbedAt { get; init; }

    /// <summary>What it was before it changed: until it is probed again, it still belongs to that item.</summary>
    public ProbeResult? Before { get; init; }

    /// <summary>Whether the ledger has this form.</summary>
    public bool IsSaved { get; init; }

    /// <summary>Whether it is a symbolic link that is told and not followed.</summary>
    public LinkKind Link { get; init; }

    /// <summary>Whether the system did not let it be read: that may change without a sign.</summary>
    public bool MayBecomeReadable => Probe is ProbeResult.Unreadable { Reason.Code: "unreadable" };

    /// <summary>Whether size and time stayed the same over two looks and for the minimum age.</summary>
    public bool IsStable(DateTimeOffset now, DropSettings settings) => Looks >= 2 && now - Since >= settings.MinAge;
}
