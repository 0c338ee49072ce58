using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace MhdNet.Ingest.Ct.Codecs;

/// <summary>
/// A Huffman table for values that are coded as a category and as many more bits (ITU-T T.81, annex C and F.2.2). The next
/// <see cref="LookUp"/> bits find an entry that tells how long code and further bits are together, so that the place of the next code is
/// known after one look-up.
/// </summary>
internal sealed class HuffmanTable
{
    /// <summary>Bits of a look-up. Longer codes are rare by their nature.</summary>
    public const int LookUp = 13;

    /// <summary>Most bits that a code and its further bits can have.</summary>
    public const int LongestValue = Longest + 15;

    private const int Longest = 16;
    private readonly uint[] _entries = new uint[1 << LookUp];
    private readonly int[] _codesBefore = new int[Longest + 1];
    private readonly int[] _symbolsBefore = new int[Longest + 1];
    private readonly byte[] _symbols;

    private HuffmanTable(ReadOnlySpan<byte> symbols) => _symbols = symbols.ToArray();

    /// <summary>
    /// The entries. Bits 0 to 5: length of code and further bits; 8 to 13: length of the code; 16 to 19: how many further bits; 24 to 27:
    /// the symbol's upper half. 0: a longer code, no code, or a category of 16 or more.
    /// </summary>
    public ReadOnlySpan<uint> Entries => _entries;

    /// <summary>Builds a table.</summary>
    /// <param name="table">
    /// How many codes there are of each length from 1 to 16, then their symbols, ascending. Symbols that no value uses are allowed.
    /// </param>
    /// <param name="runs">
    /// Symbols are a run of zeros (upper half) and a category (lower half), as of AC coefficients; else a category.
    /// </param>
    /// <returns>The table, or null where the lengths make no code.</returns>
    public static HuffmanTable? Build(ReadOnlySpan<byte> table, bool runs)
    {
        var built = new HuffmanTable(table[Longest..]);
        var (code, symbol) = (0, 0);
        for (var length = 1; length <= Longest; length++, code <<= 1)
        {
            built._codesBefore[length] = code;
            built._symbolsBefore[length] = symbol;
            for (var i = 0; i < table[length - 1]; i++, code++, symbol++)
            {
                if (code >= 1 << length || symbol >= built._symbols.Length)
                {
                    return null;
                }

                built.Enter(code, length, built._symbols[symbol], runs);
            }
        }

        return built;
    }

    /// <summary>Finds a code of any length, bit by bit (F.2.2.3).</summary>
    /// <param name="bits">The next bits, the first on top.</param>
    /// <returns>The symbol and the length of its code, or a length of 0 where there is no such code.</returns>
    public (int Symbol, int Length) Find(ulong bits)
    {
        for (var length = 1; length <= Longest; length++)
        {
            var last = length == Longest ? _symbols.Length : _symbolsBefore[length + 1];
            var symbol = (int)(bits >> (64 - length)) - _codesBefore[length] + _symbolsBefore[length];
            if (symbol >= _symbolsBefore[length] && symbol < last)
            {
                return (_symbols[symbol], length);
            }
        }

        return (0, 0);
    }

    /// <summary>The 64 bits from a bit on; the last 7 may be missing.</summary>
    public static ulong Peek(ReadOnlySpan<byte> window, int bit) => BinaryPrimitives.ReadUInt64BigEndian(window[(bit >> 3)..]) << (bit & 7);

    /// <summary>The value of so many further bits (F.2.2.1, EXTEND): the first bit tells its sign.</summary>
    /// <param name="bits">The further bits on top.</param>
    /// <param name="count">How many, up to 15.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Extend(ulong bits, int count)
    {
        var value = (int)(bits >> 1 >> ~count);
        return value + ((int)(~(long)bits >> 63) & ((-1 << count) + 1));
    }

    private void Enter(int code, int length, int symbol, bool runs)
    {
        var more = runs ? symbol & 15 : symbol;
        if (length <= LookUp && more < 16)
        {
            var entry = (uint)((length + more) | (length << 8) | (more << 16) | (runs ? symbol >> 4 << 24 : 0));
            _entries.AsSpan(code << (LookUp - length), 1 << (LookUp - length)).Fill(entry);
        }
    }
}
