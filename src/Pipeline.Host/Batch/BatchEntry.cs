using System.Security.Cryptography;
using System.Text;
using MhdNet.Ingest.Drop;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Ledger;
using MhdNet.Tiling.Slides;

namespace MhdNet.Host.Batch;

/// <summary>Finds the items of slides: by content first, so that a slide that was moved keeps its item, then by path, so that one that was replaced does.</summary>
/// <param name="known">The ledger's items.</param>
internal sealed class BatchEntry(IEnumerable<ItemRecord> known)
{
    private readonly Dictionary<string, ItemId> _byContent = known
        .Where(item => item.Kind == ItemKind.Slide && item.Content.Length > 0)
        .GroupBy(item => item.Content).ToDictionary(items => items.Key, items => items.First().Id);

    private readonly Dictionary<ItemId, string> _taken = [];

    /// <summary>The slide as an item of the batch.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="settings">How it is tiled.</param>
    /// <param name="sameAs">The file of this batch that has the same content, or null.</param>
    public BatchSlide Enter(string path, SlideSettings settings, out string? sameAs)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        string content;
        try
        {
            content = $"{SlideContent.Of(path)}/{Fingerprint(settings)}";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            sameAs = null;
            return new BatchSlide(path, settings, ItemId.OfSlide(name, path), "", e.Message);
        }

        if (!_byContent.TryGetValue(content, out var item))
        {
            _byContent.Add(content, item = ItemId.OfSlide(name, path));
        }

        sameAs = _taken.GetValueOrDefault(item);
        _taken.TryAdd(item, path);
        return new BatchSlide(path, settings, item, content);
    }

    /// <summary>What the ledger is told of a slide.</summary>
    public static ItemObservation Observation(BatchSlide slide) => new(
        slide.Item, ItemKind.Slide, slide.Name, slide.Path, slide.Content,
        slide.Unreadable is { } why
            ? new Standing.Unreadable(new Reason("unreadable-file", $"{slide.Path} cannot be read: {why} Give this user the right to read it, or copy it again."))
            : new Standing.Complete());

    // What does not change the result is left out; a mask counts with what is in its file.
    private static string Fingerprint(SlideSettings settings)
    {
        var mask = settings.MaskFile is { } file ? File.ReadAllBytes(file) : [];
        var text = (settings with { Readers = 0, MaskFile = null, MaskOutFile = null }).ToString();
        return Convert.ToHexStringLower(SHA256.HashData([.. Encoding.UTF8.GetBytes(text), .. mask]))[..16];
    }
}
