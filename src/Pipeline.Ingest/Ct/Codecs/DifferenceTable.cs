using System.Runtime.CompilerServices;

namespace MhdNet.Ingest.Ct.Codecs;

/// <summary>
/// What the next bits of a lossless scan mean: one look-up finds up to two whole differences, each a code and its further bits.
/// </summary>
internal sealed class DifferenceTable
{
    /// <summary>Bits of a look-up.</summary>
    public const int LookUp = HuffmanTable.LookUp;

    /// <summary>How many entries there are.</summary>
    public const int Size = 1 << LookUp;

    private const int Largest = 11; // a category whose differences, with their sign, have 12 bits
    private readonly uint[] _entries = new uint[Size];

    /// <summary>Makes the table.</summary>
    /// <param name="codes">Codes of categories.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public DifferenceTable(HuffmanTable codes)
    {
        Codes = codes;
        Span<uint> singles = stackalloc uint[Size];
        var entries = codes.Entries;
        for (var i = 0; i < singles.Length && i < entries.Length; i++)
        {
            var entry = entries[i];
            var value = HuffmanTable.Extend((ulong)i << (64 - LookUp) << (int)(entry >> 8), (int)(entry >> 16));
            singles[i] = entry == 0 || (entry & 63) > LookUp || (entry >> 16) > Largest ? 0 : (entry & 63) | ((uint)value << 20);
        }

        for (var i = 0; i < _entries.Length; i++)
        {
            var first = singles[i];
            var length = (int)(first & 63);
            var second = singles[(i << length) & (Size - 1)];
            var both = length + (int)(second & 63);
            _entries[i] = first == 0 || second == 0 || both > LookUp ? first : (first & ~63u) | (second >> 20 << 8) | 0x80 | (uint)both;
        }
    }

    /// <summary>The codes that this table was made of.</summary>
    public HuffmanTable Codes { get; }

    /// <summary>
    /// The entries. Bits 0 to 5: length of all; 7 (6 is free): whether there are two; 8 to 19: the second difference, else 0; 20 to 31: the
    /// first. 0: not even one fits.
    /// </summary>
    public ReadOnlySpan<uint> Entries => _entries;
}
