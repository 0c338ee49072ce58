using System.Globalization;
using System.Text;
using MhdNet.Ingest.Ct.Dicom;

namespace MhdNet.Ingest.Tests.Ct.Codecs;

/// <summary>A DICOM file around code streams, for other programs to decode, and the code stream of a file.</summary>
internal sealed record CompressedSlice(string Syntax, int Rows, int Columns, int BitsAllocated, int BitsStored, bool IsSigned)
{
    public int Frames { get; init; } = 1;

    /// <summary>The basic offset table; empty for none.</summary>
    public IReadOnlyList<uint> Offsets { get; init; } = [];

    /// <summary>The extended offset table and its lengths; null for none.</summary>
    public (IReadOnlyList<ulong> Starts, IReadOnlyList<ulong> Lengths)? Extended { get; init; }

    /// <summary>The bytes of the file.</summary>
    public byte[] File(params IReadOnlyList<byte[]> fragments)
    {
        Dictionary<uint, (string Vr, object Value)> extra = new()
        {
            [0x0028_0008] = ("IS", Frames.ToString(CultureInfo.InvariantCulture)),
            [0x0028_0010] = ("US", Rows),
            [0x0028_0011] = ("US", Columns),
            [0x0028_0100] = ("US", BitsAllocated),
            [0x0028_0101] = ("US", BitsStored),
            [0x0028_0102] = ("US", BitsStored - 1),
            [0x0028_0103] = ("US", IsSigned ? 1 : 0),
            [0x0028_1052] = ("DS", "0"),
        };
        if (Extended is { } table)
        {
            extra[0x7FE0_0001] = ("OB", table.Starts.SelectMany(BitConverter.GetBytes).ToArray());
            extra[0x7FE0_0002] = ("OB", table.Lengths.SelectMany(BitConverter.GetBytes).ToArray());
        }

        var plain = DicomBytes.Slice([], extra: extra);
        var data = plain.AsSpan()[(144 + BitConverter.ToInt32(plain, 140))..^12].ToArray(); // without the empty pixels
        byte[] meta = [.. Short(0x10, "UI", Syntax), .. Short(0x12, "UI", "1.2.3")];
        byte[] file =
        [
            .. new byte[128], .. "DICM"u8, 2, 0, 0, 0, .. "UL"u8, 4, 0, .. BitConverter.GetBytes(meta.Length), .. meta, .. data,
            0xE0, 0x7F, 0x10, 0, .. "OB"u8, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, .. Item([.. Offsets.SelectMany(BitConverter.GetBytes)]),
            .. fragments.SelectMany(Item), 0xFE, 0xFF, 0xDD, 0xE0, 0, 0, 0, 0,
        ];
        foreach (var tag in (byte[])[1, 2])
        {
            // The extended tables are OV; their heads have the same length as OB's.
            var at = file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xE0, 0x7F, tag, 0, (byte)'O', (byte)'B']);
            (at < 0 ? [] : file.AsSpan(at + 5, 1)).Fill((byte)'V');
        }

        return file;
    }

    /// <summary>The code stream of a file of one frame.</summary>
    public static (SliceHeader Header, byte[] Stream) Of(string path)
    {
        var header = new DicomReader().ReadHeader(path).Value!;
        var file = System.IO.File.ReadAllBytes(path);
        return (header, [.. header.Place!.Fragments.SelectMany(f => file.AsSpan((int)f.Start, (int)f.Length).ToArray())]);
    }

    private static byte[] Item(byte[] value)
    {
        byte[] even = value.Length % 2 == 0 ? value : [.. value, 0];
        return [0xFE, 0xFF, 0x00, 0xE0, .. BitConverter.GetBytes(even.Length), .. even];
    }

    private static byte[] Short(byte element, string vr, string value)
    {
        var even = value.Length % 2 == 0 ? value : value + '\0';
        return [2, 0, element, 0, .. Encoding.ASCII.GetBytes(vr), (byte)even.Length, 0, .. Encoding.ASCII.GetBytes(even)];
    }
}
