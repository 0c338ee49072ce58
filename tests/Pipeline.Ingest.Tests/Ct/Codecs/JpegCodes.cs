namespace MhdNet.Ingest.Tests.Ct.Codecs;

/// <summary>A Huffman table to encode with: codes of given lengths, ascending (ITU-T T.81, annex C).</summary>
internal sealed class JpegCodes
{
    private readonly Dictionary<int, (int Code, int Length)> _codes = [];

    /// <param name="symbols">The symbols, those with the shortest codes first.</param>
    /// <param name="lengths">Ascending lengths from 1 to 16.</param>
    public JpegCodes(IReadOnlyList<int> symbols, IReadOnlyList<int> lengths)
    {
        var (code, before) = (0, lengths[0]);
        for (var i = 0; i < symbols.Count; i++, code++)
        {
            code <<= lengths[i] - before;
            before = lengths[i];
            _codes[symbols[i]] = (code, before);
        }

        Table =
        [
            .. Enumerable.Range(1, 16).Select(length => (byte)lengths.Count(l => l == length)),
            .. symbols.Select(symbol => (byte)symbol),
        ];
    }

    /// <summary>As a DHT segment holds it.</summary>
    public byte[] Table { get; }

    public (int Code, int Length) this[int symbol] => _codes[symbol];

    /// <summary>The 17 categories, none shorter than another.</summary>
    public static JpegCodes Flat(Random random) => new(Shuffled(random, 17), [.. Enumerable.Repeat(5, 17)]);

    /// <summary>The 17 categories, one for each length from 3 to 16 bits and three of 2.</summary>
    public static JpegCodes Skewed(Random random) => new(Shuffled(random, 17), [2, 2, 2, .. Enumerable.Range(3, 14)]);

    /// <summary>All 256 symbols, of which no more than 17 are of use: what some encoders write.</summary>
    public static JpegCodes Full(Random random) => new(
        [.. Shuffled(random, 17), .. Enumerable.Range(17, 239)], [.. Enumerable.Repeat(6, 17), .. Enumerable.Repeat(9, 239)]);

    /// <summary>The 256 symbols at 8 and 9 bits, those of use not the shortest.</summary>
    public static JpegCodes Anywhere(Random random) => new(Shuffled(random, 256), [.. Enumerable.Repeat(8, 254), 9, 9]);

    private static int[] Shuffled(Random random, int count)
    {
        int[] symbols = [.. Enumerable.Range(0, count)];
        random.Shuffle(symbols);
        return symbols;
    }
}
