using System.Buffers.Binary;

namespace MhdNet.Ingest.Ct.Codecs;

/// <summary>
/// How a tile is coded (ITU-T T.800, A.6.1 and A.6.2: COD and COC), in so far as memory and time depend on it: a few bytes here can ask for
/// gigabytes of bookkeeping.
/// </summary>
internal static class Jpeg2000Style
{
    private const int MostLevels = 32;

    /// <summary>Checks a COD segment.</summary>
    /// <param name="segment">What follows its length.</param>
    /// <param name="size">The image and its tiles.</param>
    /// <param name="cost">What the segments before it asked for; this one's is added.</param>
    public static string? OfDefault(ReadOnlySpan<byte> segment, Jpeg2000Size size, Jpeg2000Cost cost)
    {
        if (segment.Length < 10)
        {
            return "its COD segment is too short";
        }

        var layers = BinaryPrimitives.ReadUInt16BigEndian(segment[2..]);
        return segment[1] > 4 ? $"it has a progression order {segment[1]}"
            : layers == 0 ? "it has no layers"
            : Of(segment[5..], (segment[0] & 1) != 0, size, layers, cost);
    }

    /// <summary>Checks a COC segment of the only component.</summary>
    public static string? OfComponent(ReadOnlySpan<byte> segment, Jpeg2000Size size, Jpeg2000Cost cost) =>
        segment.Length < 7 || segment[0] != 0 ? "its COC segment makes no sense"
        : Of(segment[2..], (segment[1] & 1) != 0, size, layers: 0, cost);

    private static string? Of(ReadOnlySpan<byte> style, bool hasPrecincts, Jpeg2000Size size, int layers, Jpeg2000Cost cost)
    {
        int levels = style[0], blockWidth = (style[1] & 15) + 2, blockHeight = (style[2] & 15) + 2;
        if (levels > MostLevels || blockWidth > 10 || blockHeight > 10 || blockWidth + blockHeight > 12)
        {
            return $"it has {levels} levels and code-blocks of {1L << blockWidth}x{1L << blockHeight}";
        }

        if (hasPrecincts && style.Length < 6 + levels)
        {
            return "its precincts are not told";
        }

        long precincts = 0, blocks = 0;
        for (var resolution = 0; resolution <= levels; resolution++)
        {
            var (wide, high) = hasPrecincts ? (style[5 + resolution] & 15, style[5 + resolution] >> 4) : (15, 15);
            if (resolution > 0 && (wide == 0 || high == 0))
            {
                return "it has precincts of one sample";
            }

            var (columns, rows) = (Ceiling(size.TileColumns, levels - resolution), Ceiling(size.TileRows, levels - resolution));
            precincts += Covers(columns, wide) * Covers(rows, high);

            // Above the lowest resolution the code-blocks lie in three bands of half the size each.
            var half = resolution > 0 ? 1 : 0;
            blocks += ((2 * half) + 1) * Covers(Ceiling(columns, half), Math.Min(blockWidth, wide - half))
                * Covers(Ceiling(rows, half), Math.Min(blockHeight, high - half));
        }

        return cost.Add(size.Tiles, layers, precincts, blocks, isHighThroughput: (style[3] & 0x40) != 0);
    }

    /// <summary>How many squares of a power of two a length can touch.</summary>
    private static long Covers(long length, int power) => ((length + (1L << power) - 1) >> power) + 1;

    private static long Ceiling(long length, int power) => (length + (1L << power) - 1) >> power;
}
