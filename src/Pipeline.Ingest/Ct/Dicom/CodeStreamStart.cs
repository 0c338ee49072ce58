namespace MhdNet.Ingest.Ct.Dicom;

/// <summary>Whether a fragment of compressed pixel data begins a code stream, by the first bytes that its coding demands.</summary>
internal static class CodeStreamStart
{
    private const int Longest = 8;

    /// <summary>
    /// Which fragments begin one: JPEG and JPEG-LS with SOI and the next marker (ITU-T T.81, B.2.1), JPEG 2000 with SOC and SIZ (T.800,
    /// A.4.1 and A.5.1) or the first box of a file (annex I). Coded bits hold no two markers one behind the other.
    /// </summary>
    public static IReadOnlyList<int> Of(Stream stream, IReadOnlyList<PixelFragment> fragments)
    {
        List<int> starts = [];
        var bytes = new byte[Longest];
        for (var i = 0; i < fragments.Count; i++)
        {
            stream.Position = fragments[i].Start;
            var length = (int)Math.Min(fragments[i].Length, Longest);
            var head = bytes.AsSpan(0, stream.ReadAtLeast(bytes.AsSpan(0, length), length, throwOnEndOfStream: false));
            if (head is [0xFF, 0xD8, 0xFF, ..] or [0xFF, 0x4F, 0xFF, 0x51, ..] or [0, 0, 0, 12, (byte)'j', (byte)'P', (byte)' ', (byte)' '])
            {
                starts.Add(i);
            }
        }

        return starts;
    }
}
