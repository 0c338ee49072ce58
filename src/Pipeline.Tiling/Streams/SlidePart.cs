using MhdNet.Ingest.Sequences;
using MhdNet.Tiling.Tiles;

namespace MhdNet.Tiling.Streams;

/// <summary>A part of a slide on its way through the stream.</summary>
/// <param name="Examined">Judged tiles.</param>
/// <param name="Full">A sequence to be stored, or null.</param>
/// <param name="Stored">The sequence that was stored, or null.</param>
internal sealed record SlidePart(IReadOnlyList<ExaminedTile> Examined, PixelSequence? Full = null, SequenceEntry<TileFrame>? Stored = null);
