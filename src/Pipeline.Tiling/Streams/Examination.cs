using MhdNet.Ingest.Sequences;
using MhdNet.Tiling.Tiles;

namespace MhdNet.Tiling.Streams;

/// <summary>The judged tiles and the stored sequences of a slide so far.</summary>
internal sealed class Examination
{
    /// <summary>Judged tiles, in Hilbert order.</summary>
    public List<ExaminedTile> Tiles { get; } = [];

    /// <summary>Stored sequences, in order.</summary>
    public List<SequenceEntry<TileFrame>> Stored { get; } = [];

    /// <summary>Takes a part in.</summary>
    public Examination With(SlidePart part)
    {
        Tiles.AddRange(part.Examined);
        if (part.Stored is { } entry)
        {
            Stored.Add(entry);
        }

        return this;
    }
}
