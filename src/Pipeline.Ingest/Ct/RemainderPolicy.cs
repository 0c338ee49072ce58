namespace MhdNet.Ingest.Ct;

/// <summary>What becomes of the slices behind the last whole sequence.</summary>
public enum RemainderPolicy
{
    /// <summary>They are left out.</summary>
    Drop,

    /// <summary>One more sequence ends at the last slice and shares slices with the one before.</summary>
    Overlap,
}
