using System.Buffers.Binary;

namespace MhdNet.Tiling.Slides.Jpeg;

/// <summary>
/// Turns the JPEG tiles of a TIFF file into streams that any decoder understands rightly. A tile is an abbreviated stream: its tables are in the directory,
/// and its colours are what the directory says, not what a decoder would guess from markers (TIFF technical note 2). So every stream gets an Adobe marker
/// with the directory's colours and the tables in front, and markers that would say otherwise become comments.
/// </summary>
internal static class JpegTileStream
{
    private const byte Soi = 0xD8;
    private const byte Eoi = 0xD9;
    private const byte Sos = 0xDA;
    private const byte App0 = 0xE0;
    private const byte App14 = 0xEE;
    private const byte Comment = 0xFE;

    /// <summary>What goes before a tile's bytes, whose first two (its own start) are to be left out.</summary>
    /// <param name="tables">The directory's tables; empty where there are none.</param>
    /// <param name="isYCbCr">The directory's colours.</param>
    public static byte[] Prefix(ReadOnlySpan<byte> tables, bool isYCbCr)
    {
        ReadOnlySpan<byte> start = [0xFF, Soi, 0xFF, App14, 0, 14, (byte)'A', (byte)'d', (byte)'o', (byte)'b', (byte)'e', 0, 100, 0, 0, 0, 0, (byte)(isYCbCr ? 1 : 0)];
        if (tables.Length < 4 || tables[0] != 0xFF || tables[1] != Soi)
        {
            return [.. start];
        }

        var body = tables[2..];
        if (body is [.., 0xFF, Eoi])
        {
            body = body[..^2];
        }

        byte[] copy = [0xFF, Soi, .. body];
        Normalise(copy);
        return [.. start, .. copy.AsSpan(2)];
    }

    /// <summary>Makes comments of the markers that speak of colour, and finds the size.</summary>
    /// <param name="stream">A whole stream, changed in place.</param>
    /// <returns>Width and height in pixels of a frame with three components of 8 bits; null where there is none.</returns>
    public static (int Width, int Height)? Normalise(Span<byte> stream)
    {
        if (stream is not [0xFF, Soi, ..])
        {
            return null;
        }

        (int Width, int Height)? size = null;
        for (var at = 2; at + 4 <= stream.Length && stream[at] == 0xFF;)
        {
            var marker = stream[at + 1];
            if (marker == 0xFF)
            {
                at++; // a fill byte
                continue;
            }

            var length = BinaryPrimitives.ReadUInt16BigEndian(stream[(at + 2)..]);
            if (marker is Eoi or Sos || length < 2 || at + 2 + length > stream.Length)
            {
                break;
            }

            if (marker is App0 or App14)
            {
                stream[at + 1] = Comment;
            }
            else if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC) && length >= 8 && stream[at + 4] == 8 && stream[at + 9] == 3)
            {
                size = (BinaryPrimitives.ReadUInt16BigEndian(stream[(at + 7)..]), BinaryPrimitives.ReadUInt16BigEndian(stream[(at + 5)..]));
            }

            at += 2 + length;
        }

        return size;
    }
}
