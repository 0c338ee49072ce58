using System.Buffers.Binary;

namespace MhdNet.Ingest.Ct.Dicom;

/// <summary>
/// What a compressed image says of itself before it is decoded: the frame header of JPEG and JPEG-LS (ITU-T T.81, B.2.2; T.87, C.2.2), the SIZ segment of
/// JPEG 2000 (T.800, A.5.1). A decoder takes memory for what stands there, whatever the DICOM header says.
/// </summary>
/// <param name="Rows">Height in pixels.</param>
/// <param name="Columns">Width in pixels.</param>
/// <param name="Components">Values of a pixel: 1 for grey.</param>
/// <param name="Precision">Bits of a value.</param>
internal sealed record CodestreamForm(int Rows, int Columns, int Components, int Precision)
{
    private const int Farthest = 1 << 16;

    /// <summary>Null where the bytes are of another compression (RLE says nothing) or do not tell.</summary>
    public static CodestreamForm? Of(Stream stream, PixelFragment fragment)
    {
        Span<byte> bytes = stackalloc byte[43];
        return At(stream, fragment.Start, bytes) switch
        {
            [0xFF, 0x4F, 0xFF, 0x51, ..] and { Length: 43 } head => OfJpeg2000(head),
            [0xFF, 0xD8, ..] => OfJpeg(stream, fragment),
            _ => null,
        };
    }

    private static CodestreamForm OfJpeg2000(ReadOnlySpan<byte> bytes)
    {
        var (width, height) = (Long(bytes[8..]) - (long)Long(bytes[16..]), Long(bytes[12..]) - (long)Long(bytes[20..]));
        return new((int)Math.Clamp(height, 0, int.MaxValue), (int)Math.Clamp(width, 0, int.MaxValue), Short(bytes[40..]), (bytes[42] & 0x7F) + 1);
    }

    private static CodestreamForm? OfJpeg(Stream stream, PixelFragment fragment)
    {
        Span<byte> bytes = stackalloc byte[10];
        var end = fragment.Start + Math.Min(fragment.Length, Farthest);
        for (var at = fragment.Start + 2; at + bytes.Length <= end && At(stream, at, bytes) is { Length: 10 } marker && marker[0] == 0xFF;)
        {
            if (marker[1] == 0xFF)
            {
                at++; // any number of bytes FF may stand before a marker (B.1.1.2)
                continue;
            }

            // Frame headers are C0 to CF but for tables (C4, C8, CC), and F7 of JPEG-LS.
            if (marker[1] is (>= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC)) or 0xF7)
            {
                return new(Short(marker[5..]), Short(marker[7..]), marker[9], marker[4]);
            }

            at += 2 + Short(marker[2..]);
        }

        return null;
    }

    private static ReadOnlySpan<byte> At(Stream stream, long position, Span<byte> bytes)
    {
        stream.Position = position;
        return bytes[..stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
    }

    private static ushort Short(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16BigEndian(bytes);

    private static uint Long(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32BigEndian(bytes);
}
