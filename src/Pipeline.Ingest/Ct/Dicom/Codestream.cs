using System.Buffers.Binary;

namespace MhdNet.Ingest.Ct.Dicom;

/// <summary>
/// What a compressed image says of its size before it is decoded: the frame header of JPEG and JPEG-LS (ITU-T T.81, B.2.2; T.87, C.2.2), the SIZ segment of
/// JPEG 2000 (T.800, A.5.1). A decoder takes memory for what stands there, whatever the DICOM header says.
/// </summary>
internal static class Codestream
{
    private const int Farthest = 1 << 16;

    /// <summary>Rows and columns; null where the bytes are of another compression (RLE has no size) or do not tell.</summary>
    public static (int Rows, int Columns)? Size(Stream stream, long start)
    {
        var bytes = new byte[Math.Min(Farthest, stream.Length - start)];
        stream.Position = start;
        stream.ReadExactly(bytes);
        return bytes.AsSpan() switch
        {
            [0xFF, 0x4F, 0xFF, 0x51, ..] when bytes.Length >= 24 => OfJpeg2000(bytes),
            [0xFF, 0xD8, ..] => OfJpeg(bytes),
            _ => null,
        };
    }

    private static (int Rows, int Columns) OfJpeg2000(ReadOnlySpan<byte> bytes)
    {
        var (width, height) = (Long(bytes[8..]) - (long)Long(bytes[16..]), Long(bytes[12..]) - (long)Long(bytes[20..]));
        return ((int)Math.Clamp(height, 0, int.MaxValue), (int)Math.Clamp(width, 0, int.MaxValue));
    }

    private static (int Rows, int Columns)? OfJpeg(ReadOnlySpan<byte> bytes)
    {
        for (var at = 2; at + 9 <= bytes.Length && bytes[at] == 0xFF;)
        {
            // Frame headers are C0 to CF but for tables (C4, C8, CC), and F7 of JPEG-LS.
            if (bytes[at + 1] is (>= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC)) or 0xF7)
            {
                return (BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 5)..]), BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 7)..]));
            }

            at += 2 + BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]);
        }

        return null;
    }

    private static uint Long(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32BigEndian(bytes);
}
