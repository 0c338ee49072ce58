using MhdNet.Ingest.Items;

namespace MhdNet.Ingest.Sequences;

/// <summary>
/// <c>sequences/&lt;item&gt;/manifest.json</c>: where each frame of each sequence came from. No attribute that identifies a person is in it, but the patient's id.
/// </summary>
/// <typeparam name="TFrame">Provenance of one frame (a CT slice or a tile).</typeparam>
/// <typeparam name="TSource">Provenance of the whole item (geometry, policies, thresholds).</typeparam>
/// <param name="Item">The item's id.</param>
/// <param name="Kind">CT series or slide.</param>
/// <param name="Patient">The patient's id.</param>
/// <param name="Software">Name and version of the program that wrote the sequences.</param>
/// <param name="Sequences">In order; the file names are relative to the manifest's folder.</param>
/// <param name="Source">The item as a whole.</param>
public sealed record Manifest<TFrame, TSource>(
    string Item, ItemKind Kind, string Patient, string Software, IReadOnlyList<SequenceEntry<TFrame>> Sequences, TSource Source);

/// <summary>One sequence of 24 frames.</summary>
/// <param name="File">The array's file name: <c>NNN.npy</c>.</param>
/// <param name="Frames">One entry a frame, in order.</param>
public sealed record SequenceEntry<TFrame>(string File, IReadOnlyList<TFrame> Frames)
{
    /// <summary>XXH128 of the file, hexadecimal, as <c>xxhsum -H128</c> prints it: against damage, not against malice. Filled in when the item is committed; null in what a version without it wrote.</summary>
    public string? Xxh128 { get; init; }
}
