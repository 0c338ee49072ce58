using System.Buffers.Binary;
using System.IO.Compression;

namespace MhdNet.Ingest.Ct.Dicom;

/// <summary>A DICOM file walked through from end to end: the attributes of use, and how much pixel data there is. Nothing is decoded.</summary>
/// <param name="Attributes">From the meta information and the data set.</param>
/// <param name="Syntax">The transfer syntax.</param>
/// <param name="PixelBytes">Length of the pixel data (compressed: of its fragments), or null where there is none.</param>
/// <param name="Fragments">Fragments of compressed pixel data; none where it is not compressed.</param>
internal sealed record DicomFile(DicomAttributes Attributes, TransferSyntax Syntax, long? PixelBytes, IReadOnlyList<PixelFragment> Fragments)
{
    /// <summary>No file with more frames is read.</summary>
    public const int MostFrames = 10_000;

    private const int LongestValue = 1 << 16;
    private const long LargestInflated = 1L << 29;
    private const long LongestIdentity = 1L << 16;

    /// <summary>What all frames of a multi-frame image have in common; null where the file has no functional groups.</summary>
    public DicomAttributes? Shared { get; private init; }

    /// <summary>What each frame of a multi-frame image has of its own, in the order of the frames.</summary>
    public IReadOnlyList<DicomAttributes> PerFrame { get; private init; } = [];

    /// <summary>Where uncompressed pixel data starts: in the file, or in the inflated data set.</summary>
    public long PixelStart { get; private init; }

    /// <summary>Whether the pixel data is of 16-bit words; else of bytes.</summary>
    public bool HasWords { get; private init; }

    /// <summary>Where each frame starts behind the first fragment's head, as the offset table says; empty where there is none.</summary>
    public IReadOnlyList<long> Offsets { get; private init; } = [];

    /// <summary>The same by the extended offset table, which has room for more than 4 GiB; empty where there is none.</summary>
    public IReadOnlyList<long> ExtendedOffsets { get; private init; } = [];

    /// <summary>Which fragments begin a code stream; noted only where nothing else may tell which frame they are of.</summary>
    public IReadOnlyList<int> CodeStreamStarts { get; private init; } = [];

    /// <summary>What the first compressed fragment declares; null where it does not tell, or nothing is compressed.</summary>
    public CodestreamForm? Codestream { get; private init; }

    /// <exception cref="DicomFormatException">Not DICOM, cut short, or malformed.</exception>
    public static DicomFile Read(Stream file)
    {
        var syntax = ReadMeta(file);
        if (!syntax.IsDeflated)
        {
            return ReadDataSet(file, syntax);
        }

        using var inflated = Inflate(file, LargestInflated);
        return ReadDataSet(inflated, syntax);
    }

    /// <summary>Reads bytes of a deflated data set; all before them is inflated, too, and no more.</summary>
    /// <param name="file">The file.</param>
    /// <param name="start">The first, counted in the inflated data set.</param>
    /// <param name="into">Where they go.</param>
    /// <returns>How many there were.</returns>
    public static int ReadInflated(Stream file, long start, Span<byte> into)
    {
        file.Position = 0;
        _ = ReadMeta(file);
        using var inflated = new DeflateStream(file, CompressionMode.Decompress, leaveOpen: true);
        try
        {
            var passed = new byte[1 << 16];
            for (var left = start; left > 0;)
            {
                var got = inflated.Read(passed, 0, (int)Math.Min(left, passed.Length));
                if (got == 0)
                {
                    return 0;
                }

                left -= got;
            }

            return inflated.ReadAtLeast(into, into.Length, throwOnEndOfStream: false);
        }
        catch (InvalidDataException)
        {
            return 0;
        }
    }

    /// <summary>Reads up to the SeriesInstanceUID and no further, so that a file cut short behind it still says to which series it belongs.</summary>
    /// <exception cref="DicomFormatException">Not DICOM, malformed, or cut short before that.</exception>
    public static DicomFile ReadIdentity(Stream file)
    {
        var syntax = ReadMeta(file);
        if (!syntax.IsDeflated)
        {
            return ReadDataSet(file, syntax, DicomTag.SeriesInstanceUid);
        }

        using var inflated = Inflate(file, LongestIdentity);
        return ReadDataSet(inflated, syntax, DicomTag.SeriesInstanceUid);
    }

    private static TransferSyntax ReadMeta(Stream file)
    {
        Span<byte> start = stackalloc byte[132];
        var got = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        if (got == 0)
        {
            throw DicomFormatException.Truncated("it is empty.");
        }

        if (got < start.Length || !start[128..].SequenceEqual("DICM"u8))
        {
            file.Position = 0;
            return Guess(file);
        }

        var meta = new ElementReader(file, explicitVr: true, bigEndian: false);
        var attributes = new DicomAttributes(bigEndian: false);
        while (meta.PeekGroup() == 2 && meta.Next() is { } element)
        {
            if (element.Tag == DicomTag.TransferSyntaxUid)
            {
                attributes.Add(element.Tag, meta.Value(element, LongestValue));
            }
            else
            {
                meta.Skip(element);
            }
        }

        return attributes.Text(DicomTag.TransferSyntaxUid) is { Length: > 0 } uid ? new TransferSyntax(uid) : Guess(file);
    }

    /// <summary>Files from before Part 10 start with group 0008, little endian, with or without value representations.</summary>
    private static TransferSyntax Guess(Stream file)
    {
        var position = file.Position;
        Span<byte> head = stackalloc byte[8];
        var got = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        file.Position = position;
        if (got < head.Length || head[0] != 8 || head[1] != 0 || head[3] != 0)
        {
            throw new DicomFormatException("not-dicom", "it has no DICM mark and does not start with a DICOM element. Remove it from the delivery if it is no scan.");
        }

        var isExplicit = char.IsAsciiLetterUpper((char)head[4]) && char.IsAsciiLetterUpper((char)head[5]);
        return new TransferSyntax(isExplicit ? TransferSyntax.ExplicitLittleEndian : TransferSyntax.ImplicitLittleEndian);
    }

    /// <summary>Inflates all of the data set, or no more than asked for.</summary>
    private static MemoryStream Inflate(Stream file, long most)
    {
        var inflated = new MemoryStream();
        using var deflate = new DeflateStream(file, CompressionMode.Decompress, leaveOpen: true);
        try
        {
            var buffer = new byte[1 << 16];
            for (int got; (got = deflate.Read(buffer)) > 0;)
            {
                inflated.Write(buffer, 0, got);
                if (inflated.Length >= most && most < LargestInflated)
                {
                    break;
                }

                if (inflated.Length > LargestInflated)
                {
                    throw DicomFormatException.Malformed($"it inflates to more than {LargestInflated >> 20} MiB.");
                }
            }
        }
        catch (InvalidDataException)
        {
            throw DicomFormatException.Truncated($"its deflated data set breaks off after {inflated.Length} bytes.");
        }

        inflated.Position = 0;
        return inflated;
    }

    private static DicomFile ReadDataSet(Stream stream, TransferSyntax syntax, uint until = uint.MaxValue)
    {
        var reader = new ElementReader(stream, syntax.IsExplicit, syntax.IsBigEndian);
        var attributes = new DicomAttributes(syntax.IsBigEndian);
        long? pixelBytes = null;
        var (pixelStart, words) = (0L, false);
        List<PixelFragment> fragments = [];
        var (table, extended) = (default(PixelFragment), default(PixelFragment));
        DicomAttributes? shared = null;
        List<DicomAttributes> perFrame = [];
        uint last = 0;
        while (last < until && reader.Next() is { } element && element.Tag <= until)
        {
            if (element.Tag <= last)
            {
                // Elements ascend. Zeros or padding behind the pixel data belong to nothing; before it, nothing behind can be trusted.
                if (pixelBytes is not null)
                {
                    break;
                }

                throw DicomFormatException.Malformed($"element {element} at byte {element.Head} is out of order.");
            }

            last = element.Tag;
            if (element.Tag == DicomTag.PixelData && element.IsUndefined)
            {
                (table, fragments) = reader.Fragments(element);
                pixelBytes = fragments.Sum(fragment => (long)fragment.Length);
            }
            else if (element.Tag == DicomTag.SharedFunctionalGroups)
            {
                shared = reader.Items(element, LongestValue, most: 1).FirstOrDefault();
            }
            else if (element.Tag == DicomTag.PerFrameFunctionalGroups)
            {
                perFrame = reader.Items(element, LongestValue, MostFrames);
            }
            else if (element.Tag == DicomTag.ExtendedOffsetTable && !element.IsUndefined)
            {
                extended = new PixelFragment(element.Start, element.Length);
                reader.Skip(element);
            }
            else if (DicomTag.IsRead(element.Tag))
            {
                attributes.Add(element.Tag, reader.Value(element, LongestValue));
            }
            else
            {
                reader.Skip(element);
                (pixelBytes, pixelStart, words) = element.Tag == DicomTag.PixelData ? (element.Length, element.Start, !element.IsBytes) : (pixelBytes, pixelStart, words);
            }
        }

        var (offsets, extendedOffsets) = (ReadOffsets(stream, table, sizeof(uint)), ReadOffsets(stream, extended, sizeof(ulong)));
        return new DicomFile(attributes, syntax, pixelBytes, fragments)
        {
            Shared = shared,
            PerFrame = perFrame,
            PixelStart = pixelStart,
            HasWords = words,
            Offsets = offsets,
            ExtendedOffsets = extendedOffsets,
            CodeStreamStarts = attributes.Integer(DicomTag.NumberOfFrames) is > 1 and var frames && frames < fragments.Count
                && !FrameFragments.AreTold(fragments, offsets, frames) && !FrameFragments.AreTold(fragments, extendedOffsets, frames)
                ? CodeStreamStart.Of(stream, fragments)
                : [],
            Codestream = fragments.Count > 0 ? CodestreamForm.Of(stream, fragments[0]) : null,
        };
    }

    /// <summary>Little endian, as all that is compressed; nothing where there are more than a file may have frames.</summary>
    private static long[] ReadOffsets(Stream stream, PixelFragment table, int size)
    {
        if (table.Length == 0 || table.Length > size * MostFrames)
        {
            return [];
        }

        var bytes = new byte[table.Length / size * size];
        stream.Position = table.Start;
        stream.ReadExactly(bytes);
        return [.. bytes.Chunk(size).Select(offset => size == sizeof(uint)
            ? BinaryPrimitives.ReadUInt32LittleEndian(offset)
            : BinaryPrimitives.ReadInt64LittleEndian(offset))];
    }
}
