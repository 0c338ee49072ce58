namespace MhdNet.Tiling.Tiles;

/// <summary>The filters that drop tiles; each can be switched off.</summary>
[Flags]
public enum TileFilters
{
    /// <summary>No filter: every tile with any tissue is kept.</summary>
    None = 0,

    /// <summary>Too little of the tile is tissue.</summary>
    Tissue = 1,

    /// <summary>Too many white pixels.</summary>
    White = 2,

    /// <summary>Nearly grey.</summary>
    Saturation = 4,

    /// <summary>Out of focus.</summary>
    Focus = 8,

    /// <summary>Too few nuclei.</summary>
    Cells = 16,

    /// <summary>A pen mark or a black edge.</summary>
    Artefacts = 32,

    /// <summary>Every filter.</summary>
    All = Tissue | Artefacts | White | Saturation | Focus | Cells,
}
