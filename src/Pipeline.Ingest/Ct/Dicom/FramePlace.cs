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

    /// <summary>The place of one frame of a file.</summary>
    public static FramePlace Of(DicomFile file, FileMark mark, int frame, int frames) => new(mark)
    {
        Native = file.Syntax.IsEncapsulated ? null : file.PixelStart,
        IsSwapped = file.Syntax.IsBigEndian && file.HasWords,
        Fragments = frames == 1 ? file.Fragments
            : file.Fragments.Count == frames ? [file.Fragments[frame]]
            : file.Offsets.Count == frames ? [.. file.Fragments.Where(fragment => IsOf(frame, fragment.Start - file.Fragments[0].Start, file.Offsets))]
            : [],
    };

    private static bool IsOf(int frame, long offset, IReadOnlyList<uint> offsets) => offset >= offsets[frame] && (frame + 1 == offsets.Count || offset < offsets[frame + 1]);
}
