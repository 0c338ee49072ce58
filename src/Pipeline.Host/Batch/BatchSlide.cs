using MhdNet.Ingest.Items;
using MhdNet.Tiling.Slides;

namespace MhdNet.Host.Batch;

/// <summary>One slide of a batch.</summary>
/// <param name="Path">The file.</param>
/// <param name="Settings">How it is tiled.</param>
/// <param name="Item">Its item in the ledger.</param>
/// <param name="Content">What is in the file and how it is tiled; the same content is not tiled twice.</param>
/// <param name="Unreadable">Why its content cannot be told, or null.</param>
internal sealed record BatchSlide(string Path, SlideSettings Settings, ItemId Item, string Content, Reason? Unreadable = null)
{
    /// <summary>The name that people know it by.</summary>
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);
}
