using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace MhdNet.Ingest.Ct.Dicom;

/// <summary>The attributes of one file that are of use here, by tag.</summary>
internal sealed class DicomAttributes(bool bigEndian)
{
    private readonly Dictionary<uint, byte[]> _values = [];

    public void Add(uint tag, byte[] value) => _values[tag] = value;

    /// <summary>Text without padding; empty where the attribute is missing. Other sets than UTF-8 are read as Latin-1, which keeps identifiers apart.</summary>
    public string Text(uint tag)
    {
        var encoding = tag == DicomTag.SpecificCharacterSet || Text(DicomTag.SpecificCharacterSet) != "ISO_IR 192" ? Encoding.Latin1 : Encoding.UTF8;
        return _values.TryGetValue(tag, out var bytes) ? encoding.GetString(bytes).Trim(' ', '\0') : "";
    }

    public string[] Texts(uint tag) => Text(tag) is { Length: > 0 } text ? text.Split('\\', StringSplitOptions.TrimEntries) : [];

    /// <summary>Decimal strings, or null where missing.</summary>
    public double[]? Numbers(uint tag)
    {
        var texts = Texts(tag);
        var numbers = new double[texts.Length];
        for (var i = 0; i < texts.Length; i++)
        {
            if (!double.TryParse(texts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]) || !double.IsFinite(numbers[i]))
            {
                throw DicomFormatException.Malformed($"attribute ({tag >> 16:X4},{tag & 0xFFFF:X4}) holds '{texts[i]}', which is no number.");
            }
        }

        return numbers.Length > 0 ? numbers : null;
    }

    /// <summary>Exactly so many decimal strings, or null where missing.</summary>
    public double[]? Numbers(uint tag, int count) => Numbers(tag) switch
    {
        null => null,
        var numbers when numbers.Length == count => numbers,
        var numbers => throw DicomFormatException.Malformed($"attribute ({tag >> 16:X4},{tag & 0xFFFF:X4}) holds {numbers.Length} numbers instead of {count}."),
    };

    /// <summary>An integer string, or null where missing.</summary>
    public int? Integer(uint tag) => Numbers(tag) is [var number, ..] ? (int)Math.Clamp(number, int.MinValue, int.MaxValue) : null;

    /// <summary>A 32-bit binary number, or null where missing.</summary>
    public uint? Binary32(uint tag) => _values.TryGetValue(tag, out var bytes) && bytes.Length >= 4
        ? bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes)
        : null;

    /// <summary>A 16-bit binary number, or null where missing.</summary>
    public ushort? Binary(uint tag) => _values.TryGetValue(tag, out var bytes) && bytes.Length >= 2
        ? bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes)
        : null;
}
