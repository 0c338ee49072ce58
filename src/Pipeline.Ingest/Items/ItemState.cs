namespace MhdNet.Ingest.Items;

/// <summary>Where an item stands in the ledger.</summary>
public enum ItemState
{
    /// <summary>Present, but still changing or incomplete.</summary>
    Seen,

    /// <summary>Stable and complete; waits for a free worker.</summary>
    Ready,

    /// <summary>Being decoded.</summary>
    Running,

    /// <summary>Its sequences are in the store.</summary>
    Done,

    /// <summary>Readable, but not usable (localizer, no tissue, …). The reason says why, with numbers.</summary>
    Rejected,

    /// <summary>Failed on every attempt. The reason holds the last error.</summary>
    Quarantined,
}
