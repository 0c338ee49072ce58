using MhdNet.Ingest.Items;

namespace MhdNet.Tiling.Slides;

/// <summary>A slide that cannot be opened or read. The sentence names the file.</summary>
/// <param name="code">The reason's code: <c>not-a-slide</c>, <c>unreadable-slide</c>, <c>missing-file</c>, <c>unusable-mask</c> or <c>openslide-missing</c>.</param>
/// <param name="sentence">The reason's sentence.</param>
/// <param name="inner">What caused it, if anything did.</param>
public sealed class SlideException(string code, string sentence, Exception? inner = null) : Exception(sentence, inner)
{
    /// <summary>The same as a value.</summary>
    public Reason Reason => new(code, Message);
}
