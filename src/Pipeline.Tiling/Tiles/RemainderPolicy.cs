namespace MhdNet.Tiling.Tiles;

/// <summary>What happens to the kept tiles after the last full sequence.</summary>
public enum RemainderPolicy
{
    /// <summary>They are not used.</summary>
    Drop,

    /// <summary>One more sequence ends at the last tile and shares its first tiles with the one before.</summary>
    Overlap,
}
