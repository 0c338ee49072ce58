namespace MhdNet.Ingest.Ct.Dicom;

/// <summary>
/// Which fragments of compressed pixel data are whose (PS3.5, A.4): by their number, by an offset table (basic, or extended: PS3.3,
/// C.7.6.3.1.8), or by the start markers of the code streams. A fragment never holds parts of two frames.
/// </summary>
internal static class FrameFragments
{
    /// <summary>Bytes of an item's head (PS3.5, 7.5), from which offsets count.</summary>
    private const int Head = 8;

    /// <summary>The fragments of each frame, in order; null where the file does not tell them.</summary>
    public static IReadOnlyList<IReadOnlyList<PixelFragment>>? Split(DicomFile file, int frames)
    {
        var fragments = file.Fragments;
        if (fragments.Count == 0)
        {
            return null;
        }

        if (frames == 1)
        {
            return [fragments];
        }

        return fragments.Count == frames ? [.. fragments.Select(fragment => new[] { fragment })]
            : ByOffsets(fragments, file.Offsets, frames)
            ?? ByOffsets(fragments, file.ExtendedOffsets, frames)
            ?? At(fragments, file.CodeStreamStarts, frames);
    }

    /// <summary>Whether an offset table leads to a fragment for each frame.</summary>
    public static bool AreTold(IReadOnlyList<PixelFragment> fragments, IReadOnlyList<long> offsets, int frames) =>
        ByOffsets(fragments, offsets, frames) is not null;

    /// <summary>Null where the table is none of these frames: each offset must lead to a fragment's head behind the one before.</summary>
    private static List<IReadOnlyList<PixelFragment>>? ByOffsets(
        IReadOnlyList<PixelFragment> fragments, IReadOnlyList<long> offsets, int frames)
    {
        if (offsets.Count != frames || offsets[0] != 0)
        {
            return null;
        }

        List<int> starts = [];
        var (first, fragment) = (fragments[0].Start - Head, 0);
        foreach (var offset in offsets)
        {
            while (fragment < fragments.Count && fragments[fragment].Start - Head - first < offset)
            {
                fragment++;
            }

            if (fragment == fragments.Count || fragments[fragment].Start - Head - first != offset)
            {
                return null;
            }

            starts.Add(fragment++);
        }

        return At(fragments, starts, frames);
    }

    private static List<IReadOnlyList<PixelFragment>>? At(IReadOnlyList<PixelFragment> fragments, IReadOnlyList<int> starts, int frames)
    {
        if (starts.Count != frames || starts[0] != 0)
        {
            return null;
        }

        List<IReadOnlyList<PixelFragment>> split = [];
        for (var frame = 0; frame < frames; frame++)
        {
            var end = frame + 1 < frames ? starts[frame + 1] : fragments.Count;
            split.Add([.. Enumerable.Range(starts[frame], end - starts[frame]).Select(i => fragments[i])]);
        }

        return split;
    }
}
