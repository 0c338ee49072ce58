namespace MhdNet.Ingest.Ct.Codecs;

/// <summary>The coefficients of one block of 8x8 samples, from bits to numbers (ITU-T T.81, F.2.2).</summary>
internal static class JpegBlock
{
    /// <summary>Coefficients of a block.</summary>
    public const int Size = 64;

    /// <summary>Most bytes that a block can take.</summary>
    public const int MostBytes = Size * 4;

    private const int EndOfBlock = 0, ZeroRun = 0xF0;

    /// <summary>Where the coefficients stand in a block, in the order in which they are coded (figure A.6).</summary>
    private static ReadOnlySpan<byte> Zigzag =>
    [
        0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
        35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
    ];

    /// <summary>Decodes a block.</summary>
    /// <param name="window">The coded bytes, <see cref="MostBytes"/> and <see cref="JpegBitReader.Spare"/> of them from the bit on.</param>
    /// <param name="bit">The first bit.</param>
    /// <param name="tables">The codes and divisors.</param>
    /// <param name="dc">The DC coefficient before, in quantized form; then this block's.</param>
    /// <param name="block">Filled with the coefficients, row by row, multiplied by their divisors.</param>
    /// <returns>The first bit behind the block, or the complement of where a code is unknown or there are too many coefficients.</returns>
    public static int Decode(ReadOnlySpan<byte> window, int bit, JpegBlockTables tables, ref int dc, Span<int> block)
    {
        block.Clear();
        if (!TryNext(window, ref bit, tables.Dc, out var category, out var value) || category > 15)
        {
            return ~bit;
        }

        dc = (short)(dc + value);
        block[0] = dc * tables.Divisors[0];
        for (var k = 1; k < Size; k++)
        {
            if (!TryNext(window, ref bit, tables.Ac, out var symbol, out value))
            {
                return ~bit;
            }

            if (symbol == EndOfBlock)
            {
                break;
            }

            k += symbol >> 4;
            if (k >= Size)
            {
                return ~bit;
            }

            if (symbol != ZeroRun)
            {
                block[Zigzag[k]] = value * tables.Divisors[k];
            }
        }

        return bit;
    }

    /// <summary>The next symbol and the value of the further bits that its lower half tells.</summary>
    private static bool TryNext(ReadOnlySpan<byte> window, ref int bit, HuffmanTable table, out int symbol, out int value)
    {
        var bits = HuffmanTable.Peek(window, bit);
        var entry = table.Entries[(int)(bits >> (64 - HuffmanTable.LookUp))];
        int length;
        if (entry != 0)
        {
            symbol = ((int)(entry >> 16) & 15) | (int)(entry >> 24 << 4);
            length = (int)(entry >> 8) & 63;
        }
        else
        {
            (symbol, length) = table.Find(bits);
        }

        value = HuffmanTable.Extend(bits << length, symbol & 15);
        bit += length + (symbol & 15);
        return length > 0;
    }
}
