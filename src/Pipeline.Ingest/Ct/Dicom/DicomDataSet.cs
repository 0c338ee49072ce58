using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace MhdNet.Ingest.Ct.Dicom;

/// <summary>
/// A data set that is put together to be written, in Explicit VR Little Endian (PS3.5, A.2). Elements come in any order and are written in
/// ascending order of their tags, each of an even length. Sequences and items have defined lengths: a reader that does not know a sequence
/// passes over it in one step, and a file that ends inside of one is noticed.
/// </summary>
public sealed class DicomDataSet
{
    private const uint Item = 0xFFFE_E000;
    private const long LongestShort = ushort.MaxValue - 1, LongestLong = uint.MaxValue - 1;
    private readonly SortedDictionary<uint, Element> _elements = [];
    private bool _isAscii = true;

    /// <summary>Whether all texts are of the default repertoire, or the data set says that they are UTF-8.</summary>
    internal bool SaysItsCharacters => IsAscii || TextOf(DicomTag.SpecificCharacterSet) == "ISO_IR 192";

    /// <summary>Bytes of all elements with their heads.</summary>
    internal long Length => _elements.Values.Sum(element => element.HeadLength + element.Length);

    private bool IsAscii => _isAscii && _elements.Values.All(element => element.Items.All(item => item.IsAscii));

    /// <summary>
    /// Adds a text, padded as PS3.5, 6.2 says. What is not ASCII is written as UTF-8, and SpecificCharacterSet has to say
    /// <c>ISO_IR 192</c>.
    /// </summary>
    /// <param name="tag">Group in the upper 16 bits.</param>
    /// <param name="vr">Value representation: one of the texts.</param>
    /// <param name="value">Several values are separated by backslashes.</param>
    public DicomDataSet Text(uint tag, string vr, string value)
    {
        _isAscii &= Ascii.IsValid(value);
        return Bytes(tag, vr, Encoding.UTF8.GetBytes(value));
    }

    /// <summary>Adds an unsigned number of 16 bits (US).</summary>
    public DicomDataSet Number16(uint tag, int value)
    {
        var bytes = new byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, checked((ushort)value));
        return Bytes(tag, "US", bytes);
    }

    /// <summary>Adds words of 16 bits (OW), such as pixels.</summary>
    public DicomDataSet Words(uint tag, ReadOnlySpan<ushort> words)
    {
        var bytes = new byte[words.Length * sizeof(ushort)];
        var into = MemoryMarshal.Cast<byte, ushort>(bytes.AsSpan());
        words.CopyTo(into);
        if (!BitConverter.IsLittleEndian)
        {
            BinaryPrimitives.ReverseEndianness(into, into);
        }

        return Bytes(tag, "OW", bytes);
    }

    /// <summary>Adds a value as it is, but for the byte that makes its length even.</summary>
    /// <exception cref="ArgumentException">The tag is none of a data set or is there already, or the value is too long.</exception>
    public DicomDataSet Bytes(uint tag, string vr, byte[] value)
    {
        var padding = (byte)(vr is "UI" or "OB" or "OW" or "UN" ? 0 : ' ');
        return Add(tag, new Element(vr, value.Length % 2 == 0 ? value : [.. value, padding], []));
    }

    /// <summary>Adds a sequence (SQ).</summary>
    public DicomDataSet Sequence(uint tag, params IReadOnlyList<DicomDataSet> items) => Add(tag, new Element("SQ", default, items));

    /// <summary>The one value of an element, without its padding; empty where there is none.</summary>
    internal string TextOf(uint tag) =>
        _elements.TryGetValue(tag, out var element) ? Encoding.UTF8.GetString(element.Value.Span).TrimEnd('\0', ' ') : "";

    /// <summary>Writes all elements.</summary>
    internal void WriteTo(Stream stream)
    {
        foreach (var (tag, element) in _elements)
        {
            WriteHead(stream, tag, element);
            stream.Write(element.Value.Span);
            foreach (var item in element.Items)
            {
                WriteItem(stream, item);
            }
        }
    }

    private DicomDataSet Add(uint tag, Element element)
    {
        var name = $"({tag >> 16:X4},{tag & 0xFFFF:X4})";
        if (tag >> 16 is < 8 or >= 0xFFFE || (tag & 0xFFFF) == 0)
        {
            throw new ArgumentException($"{name} is no element of a data set.", nameof(tag));
        }

        if (element.Length > (element.IsLong ? LongestLong : LongestShort))
        {
            throw new ArgumentException($"{name} {element.Vr} of {element.Length} bytes is too long.", nameof(element));
        }

        _elements.Add(tag, element);
        return this;
    }

    private static void WriteHead(Stream stream, uint tag, Element element)
    {
        Span<byte> head = stackalloc byte[12];
        head.Clear();
        WriteTag(head, tag);
        Encoding.ASCII.GetBytes(element.Vr, head[4..]);
        if (element.IsLong)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(head[8..], checked((uint)element.Length));
        }
        else
        {
            BinaryPrimitives.WriteUInt16LittleEndian(head[6..], checked((ushort)element.Length));
        }

        stream.Write(head[..element.HeadLength]);
    }

    private static void WriteItem(Stream stream, DicomDataSet item)
    {
        Span<byte> head = stackalloc byte[8];
        WriteTag(head, Item);
        BinaryPrimitives.WriteUInt32LittleEndian(head[4..], checked((uint)item.Length));
        stream.Write(head);
        item.WriteTo(stream);
    }

    private static void WriteTag(Span<byte> head, uint tag)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(head, (ushort)(tag >> 16));
        BinaryPrimitives.WriteUInt16LittleEndian(head[2..], (ushort)tag);
    }

    /// <summary>A value of bytes, or the items of a sequence.</summary>
    private sealed record Element(string Vr, ReadOnlyMemory<byte> Value, IReadOnlyList<DicomDataSet> Items)
    {
        /// <summary>Whether the length has 32 bits (PS3.5, 7.1.2).</summary>
        public bool IsLong => Vr is "OB" or "OW" or "SQ" or "UN" or "UT" or "UC" or "UR" or "OD" or "OF" or "OL" or "OV" or "SV" or "UV";

        public int HeadLength => IsLong ? 12 : 8;

        public long Length => Value.Length + Items.Sum(item => 8 + item.Length);
    }
}
