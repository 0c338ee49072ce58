using System.Globalization;

namespace MhdNet.Tiling.Tiles;

/// <summary>How many tiles of a slide's grid met which fate. Background to Kept add up to the grid.</summary>
/// <param name="Background">No tissue at all.</param>
/// <param name="Sparse">Too little tissue.</param>
/// <param name="Artefact">A pen mark or a black edge.</param>
/// <param name="Unreadable">Not decodable.</param>
/// <param name="White">Too white.</param>
/// <param name="Colourless">Too grey.</param>
/// <param name="Blurred">Out of focus.</param>
/// <param name="CellSparse">Too few nuclei.</param>
/// <param name="Kept">Good.</param>
/// <param name="Used">Of the kept ones, those in a sequence.</param>
public sealed record TileCounts(int Background, int Sparse, int Artefact, int Unreadable, int White, int Colourless, int Blurred, int CellSparse, int Kept, int Used)
{
    /// <summary>Tiles of the whole grid.</summary>
    public int Grid => Background + Sparse + Artefact + Unreadable + White + Colourless + Blurred + CellSparse + Kept;

    /// <summary>Counts.</summary>
    /// <param name="background">Tiles without tissue.</param>
    /// <param name="tiles">All the others.</param>
    /// <param name="used">Kept tiles that are in a sequence.</param>
    public static TileCounts Of(int background, IEnumerable<ExaminedTile> tiles, int used)
    {
        var count = tiles.CountBy(tile => tile.Verdict).ToDictionary();
        int Number(TileVerdict verdict) => count.GetValueOrDefault(verdict);
        return new TileCounts(
            background, Number(TileVerdict.Sparse), Number(TileVerdict.Artefact), Number(TileVerdict.Unreadable), Number(TileVerdict.White), Number(TileVerdict.Colourless),
            Number(TileVerdict.Blurred), Number(TileVerdict.CellSparse), Number(TileVerdict.Kept), used);
    }

    /// <summary>For sentences: <c>117 tiles: 48 background, …</c>.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Grid} tiles: {Background} background, {Sparse} with little tissue, {Artefact} with pen or edge, {Unreadable} unreadable, {White} white, {Colourless} colourless, {Blurred} out of focus, {CellSparse} with few nuclei, {Kept} kept");
}
