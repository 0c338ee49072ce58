using MhdNet.Tiling.Tiles;

namespace MhdNet.Tiling.Streams;

/// <summary>A tile, what was decided, and its pixels where it is kept and wanted at once.</summary>
internal sealed record JudgedTile(ExaminedTile Tile, byte[]? Pixels);
