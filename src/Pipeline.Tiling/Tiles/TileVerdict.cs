namespace MhdNet.Tiling.Tiles;

/// <summary>What was decided about a tile. The first that applies, in this order.</summary>
public enum TileVerdict
{
    /// <summary>Good.</summary>
    Kept,

    /// <summary>Too little of it is tissue by the mask; never read.</summary>
    Sparse,

    /// <summary>Too much of it is a pen mark or a black edge by the mask; never read.</summary>
    Artefact,

    /// <summary>Its pixels cannot be decoded.</summary>
    Unreadable,

    /// <summary>Too many near-white pixels (fat, lumen, glass).</summary>
    White,

    /// <summary>Nearly grey: dust, bubbles, unstained.</summary>
    Colourless,

    /// <summary>Out of focus.</summary>
    Blurred,

    /// <summary>Too few nuclei (stroma, mucin, blood).</summary>
    CellSparse,

    /// <summary>Nothing yet: it has enough tissue, and would be read.</summary>
    Planned,
}
