using System.Text.Json;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Sequences;
using MhdNet.Tiling.Slides;

namespace MhdNet.Tiling.Streams;

/// <summary>What a store knows of slides.</summary>
public static class StoredSlides
{
    /// <summary>A slide's description: from the manifest where it has sequences, else from the numbers of one that was rejected; null where there is neither.</summary>
    /// <exception cref="InvalidDataException">The description is of another form; the message names the file.</exception>
    public static SlideSource? Source(this SequenceStore store, ItemId slide)
    {
        if (store.Contains(slide))
        {
            return store.ReadManifest<TileFrame, SlideSource>(slide).Source;
        }

        var numbers = store.Numbers(slide);
        try
        {
            return File.Exists(numbers) ? JsonSerializer.Deserialize<SlideSource>(File.ReadAllBytes(numbers), WorkJson.Options) : null;
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{numbers} is not of this version ({e.Message}). Remove it and tile the slide with --retry.", e);
        }
    }
}
