namespace MhdNet.Tiling.Tiles;

/// <summary>A place of the tile grid.</summary>
/// <param name="Column">Column of the grid, from 0.</param>
/// <param name="Row">Row of the grid, from 0.</param>
/// <param name="X">Left edge in level-0 pixels.</param>
/// <param name="Y">Upper edge in level-0 pixels.</param>
/// <param name="Tissue">Share that the tissue mask covers, 0 to 1.</param>
public sealed record PlannedTile(int Column, int Row, long X, long Y, double Tissue);
