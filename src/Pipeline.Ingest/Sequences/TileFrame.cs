namespace MhdNet.Ingest.Sequences;

/// <summary>Where a tile came from.</summary>
/// <param name="X">Left edge in level-0 pixels.</param>
/// <param name="Y">Upper edge in level-0 pixels.</param>
/// <param name="Size">Edge length in level-0 pixels.</param>
/// <param name="Tissue">Share of the tile that the tissue mask covers, 0 to 1.</param>
public sealed record TileFrame(long X, long Y, int Size, double Tissue);
