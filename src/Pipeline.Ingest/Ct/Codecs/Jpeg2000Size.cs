using System.Buffers.Binary;

namespace MhdNet.Ingest.Ct.Codecs;

/// <summary>The SIZ segment of a JPEG 2000 code stream of one component (ITU-T T.800, A.5.1).</summary>
/// <param name="Rows">Height.</param>
/// <param name="Columns">Width.</param>
/// <param name="Precision">Bits of a sample.</param>
/// <param name="IsSigned">Two's complement.</param>
/// <param name="TileRows">Height of a tile, as far as it can lie in the image.</param>
/// <param name="TileColumns">Width of a tile, likewise.</param>
/// <param name="Tiles">How many tiles there are.</param>
internal readonly record struct Jpeg2000Size(
    int Rows, int Columns, int Precision, bool IsSigned, int TileRows, int TileColumns, int Tiles)
{
    /// <summary>The decoder takes some kilobytes for each tile before it reads one.</summary>
    public const int MostTiles = 1 << 12;

    /// <summary>How far from the origin of the reference grid an image may reach.</summary>
    private const uint Farthest = 1 << 20;

    /// <summary>Reads what follows the segment's length.</summary>
    /// <returns>Null, or what is wrong with it.</returns>
    public static string? Read(ReadOnlySpan<byte> segment, out Jpeg2000Size size)
    {
        size = default;
        if (segment.Length < 36 || Short(segment[34..]) is var components && segment.Length != 36 + (3 * components))
        {
            return "its SIZ segment has a wrong length";
        }

        if (components != 1)
        {
            return $"it has {components} components, where a grey image has one";
        }

        uint right = Long(segment[2..]), bottom = Long(segment[6..]), left = Long(segment[10..]), top = Long(segment[14..]);
        uint width = Long(segment[18..]), height = Long(segment[22..]), tilesLeft = Long(segment[26..]), tilesTop = Long(segment[30..]);
        if (right > Farthest || bottom > Farthest || left >= right || top >= bottom)
        {
            return $"its image reaches from ({left}, {top}) to ({right}, {bottom})";
        }

        // The first tile holds the image's first sample (B.3).
        if (tilesLeft > left || tilesTop > top || width == 0 || height == 0
            || tilesLeft + (ulong)width <= left || tilesTop + (ulong)height <= top)
        {
            return "its first tile lies outside of the image";
        }

        var tiles = Count(right - tilesLeft, width) * Count(bottom - tilesTop, height);
        if (tiles > MostTiles)
        {
            return $"it has {tiles} tiles, and up to {MostTiles} are read";
        }

        var (depth, dx, dy) = (segment[36], segment[37], segment[38]);
        if ((dx, dy) != (1, 1))
        {
            return $"it has one sample for {dx}x{dy} points";
        }

        size = new(
            (int)(bottom - top), (int)(right - left), (depth & 0x7F) + 1, depth > 0x7F, (int)Math.Min(height, bottom - top),
            (int)Math.Min(width, right - left), (int)tiles);
        return size.Precision > 16 ? $"its samples have {size.Precision} bits" : null;
    }

    private static ulong Count(uint length, uint tile) => ((ulong)length + tile - 1) / tile;

    private static ushort Short(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16BigEndian(bytes);

    private static uint Long(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32BigEndian(bytes);
}
