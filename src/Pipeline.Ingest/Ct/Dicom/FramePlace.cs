namespace MhdNet.Ingest.Ct.Dicom;

/// <summary>Where the pixels of a frame are, found while the header was read, so that they can be read without reading the header again.</summary>
/// <param name="Mark">The file as it was then.</param>
internal sealed record FramePlace(FileMark Mark)
{
    /// <summary>Where the file's uncompressed frames lie one behind the other, in the file or in its inflated data set; null where they are compressed.</summary>
    public long? Native { get; init; }

    /// <summary>Whether the two bytes of each 16-bit word of them are exchanged.</summary>
    public bool IsSwapped { get; init; }

    /// <summary>The compressed frame's pieces, in order; empty where it is not compressed, or where the file does not tell which pieces are the frame's.</summary>
    public IReadOnlyList<PixelFragment> Fragments { get; init; } = [];

    /// <summary>The places of all frames of a file.</summary>
    public static IReadOnlyList<FramePlace> AllOf(DicomFile file, FileMark mark, int frames)
    {
        var split = FrameFragments.Split(file, frames);
        return [.. Enumerable.Range(0, frames).Select(frame => Of(file, mark, split is null ? [] : split[frame]))];
    }

    private static FramePlace Of(DicomFile file, FileMark mark, IReadOnlyList<PixelFragment> fragments) => new(mark)
    {
        Native = file.Syntax.IsEncapsulated ? null : file.PixelStart,
        IsSwapped = file.Syntax.IsBigEndian && file.HasWords,
        Fragments = fragments,
    };
}
