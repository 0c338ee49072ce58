using System.IO.Compression;
using System.Text;

namespace MhdNet.Ingest.Tests.Ct;

/// <summary>A DICOM file written element by element, with value representations, so that a test can say exactly what stands in it. Tags must be added in ascending order.</summary>
/// <param name="bigEndian">Explicit VR Big Endian; else Little Endian.</param>
internal sealed class DicomBytes(bool bigEndian = false)
{
    private readonly List<byte> _data = [];

    /// <summary>A CT slice of 4x4 pixels; the attributes of <paramref name="extra"/> replace or complete its own.</summary>
    public static byte[] Slice(ushort[] stored, double z = 0, Dictionary<uint, (string Vr, object Value)>? extra = null, string series = "1.2.3", string? sop = null)
    {
        var all = new SortedDictionary<uint, (string Vr, object Value)>
        {
            [0x0008_0008] = ("CS", @"ORIGINAL\PRIMARY\AXIAL"),
            [0x0008_0016] = ("UI", "1.2.840.10008.5.1.4.1.1.2"),
            [0x0008_0018] = ("UI", sop ?? FormattableString.Invariant($"{series}.{(long)((z + 10_000) * 100)}")),
            [0x0008_0060] = ("CS", "CT"),
            [0x0010_0020] = ("LO", "P1"),
            [0x0020_000E] = ("UI", series),
            [0x0020_0012] = ("IS", "1"),
            [0x0020_0032] = ("DS", FormattableString.Invariant($@"-100\-100\{z}")),
            [0x0020_0037] = ("DS", @"1\0\0\0\1\0"),
            [0x0020_0052] = ("UI", "1.2.9"),
            [0x0028_0002] = ("US", 1),
            [0x0028_0004] = ("CS", "MONOCHROME2"),
            [0x0028_0010] = ("US", 4),
            [0x0028_0011] = ("US", 4),
            [0x0028_0030] = ("DS", @"0.5\0.5"),
            [0x0028_0100] = ("US", 16),
            [0x0028_0101] = ("US", 12),
            [0x0028_0102] = ("US", 11),
            [0x0028_0103] = ("US", 0),
            [0x0028_1052] = ("DS", "-1024"),
            [0x0028_1053] = ("DS", "1"),
        };
        foreach (var (tag, value) in extra ?? [])
        {
            all[tag] = value;
        }

        var file = new DicomBytes();
        foreach (var (tag, (vr, value)) in all)
        {
            file.Add(tag, vr, value);
        }

        return file.Add(0x7FE0_0010, "OW", stored).ToFile();
    }

    /// <summary>Adds an element.</summary>
    /// <param name="tag">Group and element.</param>
    /// <param name="vr">Value representation.</param>
    /// <param name="value">A text, an int (US or UL), pixels, or the items of a sequence.</param>
    public DicomBytes Add(uint tag, string vr, object value)
    {
        byte[] bytes = value switch
        {
            string text => Encoding.Latin1.GetBytes(text.Length % 2 == 0 ? text : text + (vr == "UI" ? '\0' : ' ')),
            int number when vr == "UL" => Ordered(BitConverter.GetBytes((uint)number)),
            int number => Ordered(BitConverter.GetBytes((ushort)number)),
            ushort[] pixels => [.. pixels.SelectMany(pixel => Ordered(BitConverter.GetBytes(pixel)))],
            byte[] pixels when vr == "OW" => [.. pixels.Chunk(2).SelectMany(Ordered)],
            byte[] pixels => pixels,
            DicomBytes[] items => Items(items),
            _ => throw new ArgumentException(value.GetType().Name),
        };
        Write16((ushort)(tag >> 16));
        Write16((ushort)tag);
        _data.AddRange(Encoding.ASCII.GetBytes(vr));
        if (vr is "OW" or "OB" or "SQ" or "UN")
        {
            Write16(0);
            Write32((uint)bytes.Length);
        }
        else
        {
            Write16((ushort)bytes.Length);
        }

        _data.AddRange(bytes);
        return this;
    }

    /// <summary>Adds compressed pixels: a fragment for each frame.</summary>
    public DicomBytes AddFragments(params byte[][] frames)
    {
        _data.AddRange([0xE0, 0x7F, 0x10, 0, (byte)'O', (byte)'B', 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFE, 0xFF, 0, 0xE0, 0, 0, 0, 0]);
        foreach (var frame in frames)
        {
            byte[] even = [.. frame, .. new byte[frame.Length % 2]];
            _data.AddRange([0xFE, 0xFF, 0, 0xE0, .. BitConverter.GetBytes(even.Length), .. even]);
        }

        _data.AddRange([0xFE, 0xFF, 0xDD, 0xE0, 0, 0, 0, 0]);
        return this;
    }

    /// <summary>The whole file, Part 10.</summary>
    /// <param name="deflated">The data set is deflated.</param>
    /// <param name="encapsulated">The transfer syntax where the pixels are in fragments.</param>
    public byte[] ToFile(bool deflated = false, string? encapsulated = null)
    {
        var syntax = encapsulated ?? (bigEndian ? "1.2.840.10008.1.2.2" : deflated ? "1.2.840.10008.1.2.1.99" : "1.2.840.10008.1.2.1");
        var meta = new DicomBytes().Add(0x0002_0002, "UI", "1.2.840.10008.5.1.4.1.1.2").Add(0x0002_0003, "UI", "1.2.3.4").Add(0x0002_0010, "UI", syntax)._data;
        var head = new DicomBytes().Add(0x0002_0000, "UL", meta.Count)._data;
        return [.. new byte[128], .. "DICM"u8, .. head, .. meta, .. deflated ? Deflated() : [.. _data]];
    }

    private byte[] Deflated()
    {
        using var bytes = new MemoryStream();
        using (var deflate = new DeflateStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        {
            deflate.Write([.. _data]);
        }

        return bytes.ToArray();
    }

    private byte[] Ordered(byte[] bytes) => bigEndian ? [.. bytes.Reverse()] : bytes;

    private byte[] Items(DicomBytes[] items)
    {
        var all = new DicomBytes(bigEndian);
        foreach (var item in items)
        {
            all.Write16(0xFFFE);
            all.Write16(0xE000);
            all.Write32((uint)item._data.Count);
            all._data.AddRange(item._data);
        }

        return [.. all._data];
    }

    private void Write16(ushort value) => _data.AddRange(Ordered(BitConverter.GetBytes(value)));

    private void Write32(uint value) => _data.AddRange(Ordered(BitConverter.GetBytes(value)));
}
