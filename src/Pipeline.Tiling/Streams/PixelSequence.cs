using MhdNet.Tiling.Tiles;

namespace MhdNet.Tiling.Streams;

/// <summary>A full sequence on its way to the store.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Tiles">Its tiles.</param>
/// <param name="Pixels">8-bit RGB of each.</param>
internal sealed record PixelSequence(int Number, IReadOnlyList<PlannedTile> Tiles, IReadOnlyList<byte[]> Pixels);
