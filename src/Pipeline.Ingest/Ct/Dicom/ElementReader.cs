using System.Buffers.Binary;

namespace MhdNet.Ingest.Ct.Dicom;

/// <summary>
/// Walks over the data elements of a stream without interpreting them (PS3.5, chapter 7), and checks that each lies inside the stream.
/// </summary>
internal sealed class ElementReader(Stream stream, bool explicitVr, bool bigEndian)
{
    private const int DeepestNesting = 32, MostFragments = 100_000;
    private const uint Item = 0xFFFE_E000, ItemEnd = 0xFFFE_E00D, SequenceEnd = 0xFFFE_E0DD;

    /// <summary>The next head, or null at the end of the stream. The stream then stands at the value.</summary>
    public ElementHead? Next()
    {
        var head = stream.Position;
        Span<byte> bytes = stackalloc byte[12];
        var got = stream.ReadAtLeast(bytes[..8], 8, throwOnEndOfStream: false);
        if (got == 0)
        {
            return null;
        }

        if (got < 8)
        {
            throw DicomFormatException.Truncated($"it ends after {stream.Length} bytes, in the middle of an element's head.");
        }

        var tag = ((uint)Short(bytes) << 16) | Short(bytes[2..]);
        if (!explicitVr || tag >> 16 == 0xFFFE || tag == 0) // zeros that fill a file up have no representation
        {
            return new ElementHead(tag, 0, Long(bytes[4..]), head, head + 8);
        }

        if (!char.IsAsciiLetterUpper((char)bytes[4]) || !char.IsAsciiLetterUpper((char)bytes[5]))
        {
            throw DicomFormatException.Malformed($"element ({tag >> 16:X4},{tag & 0xFFFF:X4}) at byte {head} has no value representation.");
        }

        var vr = BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]);
        if (!HasLongLength(vr))
        {
            return new ElementHead(tag, vr, Short(bytes[6..]), head, head + 8);
        }

        if (stream.ReadAtLeast(bytes[8..], 4, throwOnEndOfStream: false) < 4)
        {
            throw DicomFormatException.Truncated($"it ends after {stream.Length} bytes, in the middle of an element's head.");
        }

        return new ElementHead(tag, vr, Long(bytes[8..]), head, head + 12);
    }

    /// <summary>The group of the next element, or null at the end of the stream. The stream stays where it is.</summary>
    public int? PeekGroup()
    {
        Span<byte> group = stackalloc byte[2];
        var position = stream.Position;
        var got = stream.ReadAtLeast(group, 2, throwOnEndOfStream: false);
        stream.Position = position;
        return got == 2 ? Short(group) : null;
    }

    /// <summary>Goes behind the value, over nested sequences too.</summary>
    public void Skip(ElementHead element)
    {
        if (element.IsUndefined)
        {
            Inner(element).SkipItems(element, depth: 0);
            return;
        }

        CheckInside(element);
        stream.Position = element.Start + element.Length;
    }

    /// <summary>The value's bytes, in the file's byte order.</summary>
    public byte[] Value(ElementHead element, int longest)
    {
        CheckInside(element);
        if (element.Length > longest)
        {
            throw DicomFormatException.Malformed($"element {element} claims a value of {element.Length} bytes where at most {longest} make sense.");
        }

        var value = new byte[element.Length];
        stream.ReadExactly(value);
        return value;
    }

    /// <summary>Goes behind encapsulated pixel data (PS3.5, A.4).</summary>
    /// <returns>The offset table, empty where there is none, and the fragments behind it.</returns>
    public (PixelFragment Table, List<PixelFragment> Fragments) Fragments(ElementHead element)
    {
        PixelFragment? table = null;
        List<PixelFragment> fragments = [];
        while (Next() is { } item)
        {
            if (item.Tag == SequenceEnd)
            {
                return (table ?? default, fragments);
            }

            if (item.Tag != Item || item.IsUndefined || fragments.Count == MostFragments)
            {
                throw DicomFormatException.Malformed($"{item} stands at byte {item.Head}, where the next of up to {MostFragments} fragments of the pixel data should.");
            }

            Skip(item);
            if (table is null)
            {
                table = new PixelFragment(item.Start, item.Length);
            }
            else
            {
                fragments.Add(new PixelFragment(item.Start, item.Length));
            }
        }

        throw DicomFormatException.Truncated($"the pixel data {element} ends after {fragments.Count} fragments, without a sequence delimiter.");
    }

    /// <summary>
    /// The items of a sequence, each as the attributes of use in it and in the sequences nested in it that <see cref="DicomTag.IsFrameMacro"/> names. The stream then
    /// stands behind the sequence.
    /// </summary>
    public List<DicomAttributes> Items(ElementHead sequence, int longest, int most)
    {
        var items = new List<DicomAttributes>();
        Inner(sequence).ForEachItem(sequence, (reader, item) =>
        {
            if (items.Count == most)
            {
                throw DicomFormatException.Malformed($"sequence {sequence} has more than {most} items.");
            }

            items.Add(new DicomAttributes(bigEndian));
            reader.Gather(item, items[^1], longest, depth: 0);
        });
        return items;
    }

    private void Gather(ElementHead item, DicomAttributes into, int longest, int depth)
    {
        if (depth > DeepestNesting)
        {
            throw DicomFormatException.Malformed($"sequences are nested more than {DeepestNesting} deep.");
        }

        while (!IsAtEnd(item) && Next() is { } element && element.Tag != ItemEnd)
        {
            if (DicomTag.IsFrameMacro(element.Tag))
            {
                Inner(element).ForEachItem(element, (reader, nested) => reader.Gather(nested, into, longest, depth + 1));
            }
            else if (DicomTag.IsRead(element.Tag) && !element.IsUndefined)
            {
                into.Add(element.Tag, Value(element, longest));
            }
            else
            {
                Skip(element);
            }
        }
    }

    private void ForEachItem(ElementHead sequence, Action<ElementReader, ElementHead> act)
    {
        if (!sequence.IsUndefined)
        {
            CheckInside(sequence);
        }

        while (!IsAtEnd(sequence))
        {
            var item = Next() ?? throw DicomFormatException.Truncated($"it ends after {stream.Length} bytes inside sequence {sequence}.");
            if (item.Tag == SequenceEnd)
            {
                return;
            }

            if (item.Tag != Item)
            {
                throw DicomFormatException.Malformed($"{item} stands at byte {item.Head}, where an item of sequence {sequence} should.");
            }

            act(this, item);
        }
    }

    private bool IsAtEnd(ElementHead of) => !of.IsUndefined && stream.Position >= of.Start + of.Length;

    /// <summary>PS3.5, 6.2.2 note 2: what is inside an element of unknown representation and length is implicit, little endian.</summary>
    private ElementReader Inner(ElementHead element) =>
        element.IsUndefined && element.Vr == Vr("UN") ? new ElementReader(stream, explicitVr: false, bigEndian: false) : this;

    private void SkipItems(ElementHead sequence, int depth)
    {
        if (depth > DeepestNesting)
        {
            throw DicomFormatException.Malformed($"sequences are nested more than {DeepestNesting} deep.");
        }

        while (Next() is { } element)
        {
            if (element.Tag is SequenceEnd or ItemEnd)
            {
                return;
            }

            if (element.IsUndefined)
            {
                Inner(element).SkipItems(element, depth + 1);
            }
            else
            {
                Skip(element);
            }
        }

        throw DicomFormatException.Truncated($"it ends after {stream.Length} bytes inside sequence {sequence}.");
    }

    private void CheckInside(ElementHead element)
    {
        if (element.IsUndefined)
        {
            throw DicomFormatException.Malformed($"element {element} has no length.");
        }

        if (element.Start + element.Length > stream.Length)
        {
            throw DicomFormatException.Truncated($"element {element} declares {element.Length} bytes, of which {stream.Length - element.Start} are there.");
        }
    }

    private static bool HasLongLength(ushort vr) => vr == Vr("OB") || vr == Vr("OW") || vr == Vr("SQ") || vr == Vr("UN") || vr == Vr("UT") || vr == Vr("OD")
        || vr == Vr("OF") || vr == Vr("OL") || vr == Vr("OV") || vr == Vr("SV") || vr == Vr("UC") || vr == Vr("UR") || vr == Vr("UV");

    private static ushort Vr(string letters) => (ushort)((letters[0] << 8) | letters[1]);

    private ushort Short(ReadOnlySpan<byte> bytes) => bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    private uint Long(ReadOnlySpan<byte> bytes) => bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
}
