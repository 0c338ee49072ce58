using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MhdNet.Ingest.Drop;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Ledger;
using MhdNet.Tiling.Slides;

namespace MhdNet.Host.Batch;

/// <summary>
/// Finds the items of slides: by content first, so that a slide that was moved keeps its item, then by path, so that one that was replaced does. A slide's content in the ledger is the
/// file's fingerprint, that of the settings, and, where one was given when it was tiled, the resolution to assume: <c>FILE/SETTINGS[/MPP]</c>.
/// </summary>
internal sealed class BatchEntry
{
    private readonly Dictionary<string, ItemRecord> _byContent = [];
    private readonly Dictionary<ItemId, ItemRecord> _byId;
    private readonly Dictionary<ItemId, string> _taken = [];
    private readonly Func<ItemId, SlideSource?> _source;

    /// <summary>Of the slides that a ledger knows.</summary>
    /// <param name="known">The ledger's items.</param>
    /// <param name="source">What the store has of an item's slide, or null.</param>
    public BatchEntry(IEnumerable<ItemRecord> known, Func<ItemId, SlideSource?> source)
    {
        _source = source;
        _byId = known.Where(item => item.Kind == ItemKind.Slide).ToDictionary(item => item.Id);
        foreach (var item in _byId.Values.Where(item => item.Content.Length > 0))
        {
            _byContent.TryAdd(WithoutMpp(item.Content), item);
        }
    }

    /// <summary>The slide as an item of the batch.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="settings">How it is tiled.</param>
    /// <param name="sameAs">The file of this batch that has the same content, or null.</param>
    public BatchSlide Enter(string path, SlideSettings settings, out string? sameAs)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        var id = ItemId.OfSlide(name, path);
        string content;
        try
        {
            content = $"{SlideContent.Of(path)}/{Fingerprint(settings)}";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            sameAs = null;
            return _byId.GetValueOrDefault(id) is { State: ItemState.Done } done
                ? new BatchSlide(path, settings, id, done.Content) // a slide may go once it is tiled
                : new BatchSlide(path, settings, id, "", Unreadable(path, e));
        }

        var assumed = settings.DefaultMpp is { } mpp ? string.Create(CultureInfo.InvariantCulture, $"{content}/{mpp}") : content;
        if (!_byContent.TryGetValue(content, out var item))
        {
            _byContent.Add(content, item = new ItemRecord(id, ItemKind.Slide, name, path, ItemState.Seen) { Content = assumed });
        }

        sameAs = _taken.GetValueOrDefault(item.Id);
        _taken.TryAdd(item.Id, path);
        return new BatchSlide(path, settings, item.Id, item.Content == assumed || AssumesNothing(item, settings) ? item.Content : assumed);
    }

    /// <summary>What the ledger is told of a slide.</summary>
    public static ItemObservation Observation(BatchSlide slide) => new(
        slide.Item, ItemKind.Slide, slide.Name, slide.Path, slide.Content, slide.Unreadable is { } why ? new Standing.Unreadable(why) : new Standing.Complete());

    /// <summary>Whether it came to an end to which the resolution to assume for slides that do not tell theirs makes no difference.</summary>
    private bool AssumesNothing(ItemRecord item, SlideSettings settings) => item switch
    {
        { State: ItemState.Rejected, Reason.Code: "unknown-mpp" or "too-coarse" } => false,
        { State: ItemState.Done } when settings.DefaultMpp is null => true, // it was said once, and is kept
        { State: ItemState.Done or ItemState.Rejected } => _source(item.Id)?.MppFrom != ResolutionOrigin.Settings,
        _ => item.State == ItemState.Quarantined,
    };

    private static Reason Unreadable(string path, Exception error) => error is FileNotFoundException or DirectoryNotFoundException
        ? new Reason("missing-file", $"There is no {path}. Put it there, or take it off the list.")
        : new Reason("unreadable-file", $"{path} cannot be read: {error.Message} Give this user the right to read it, or copy it again.");

    private static string WithoutMpp(string content) => string.Join('/', content.Split('/').Take(2));

    // What does not change the result is left out; a mask counts with what is in its file.
    private static string Fingerprint(SlideSettings settings)
    {
        var mask = settings.MaskFile is { } file ? File.ReadAllBytes(file) : [];
        var text = (settings with { Readers = 0, DefaultMpp = null, MaskFile = null, MaskOutFile = null }).ToString();
        return Convert.ToHexStringLower(SHA256.HashData([.. Encoding.UTF8.GetBytes(text), .. mask]))[..16];
    }
}
