namespace MhdNet.Tiling.Tiles;

/// <summary>A tile and what was decided about it.</summary>
/// <param name="Tile">Where it lies.</param>
/// <param name="Verdict">The decision.</param>
/// <param name="Scores">What was measured; null where it was not read.</param>
/// <param name="Error">Why it cannot be read, or null.</param>
public sealed record ExaminedTile(PlannedTile Tile, TileVerdict Verdict, TileScores? Scores = null, string? Error = null);
