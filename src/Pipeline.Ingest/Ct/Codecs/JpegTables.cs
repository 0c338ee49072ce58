using System.Buffers.Binary;

namespace MhdNet.Ingest.Ct.Codecs;

/// <summary>
/// The tables that a code stream brings along, four of each kind; a later one of the same number replaces an earlier one (ITU-T T.81,
/// B.2.4).
/// </summary>
internal sealed class JpegTables
{
    private const int Kinds = 2, Numbers = 4, Lengths = 16, Coefficients = 64;
    private readonly byte[]?[] _huffman = new byte[Kinds * Numbers][];
    private readonly ushort[]?[] _quantization = new ushort[Numbers][];

    /// <summary>The Huffman table for DC coefficients or lossless differences; null where the stream has none of this number.</summary>
    public byte[]? Dc(int number) => number < Numbers ? _huffman[number] : null;

    /// <summary>The Huffman table for AC coefficients.</summary>
    public byte[]? Ac(int number) => number < Numbers ? _huffman[Numbers + number] : null;

    /// <summary>The divisors of the coefficients, in zigzag order.</summary>
    public ushort[]? Quantization(int number) => number < Numbers ? _quantization[number] : null;

    /// <summary>A DHT segment (B.2.4.2): each table 16 counts of codes by length, then as many symbols.</summary>
    /// <returns>Whether it makes sense.</returns>
    public bool AddHuffman(ReadOnlySpan<byte> segment)
    {
        while (segment.Length > Lengths)
        {
            var (kind, number, symbols) = (segment[0] >> 4, segment[0] & 15, 0);
            foreach (var count in segment.Slice(1, Lengths))
            {
                symbols += count;
            }

            var length = Lengths + symbols;
            if (kind >= Kinds || number >= Numbers || symbols > 256 || length >= segment.Length)
            {
                return false;
            }

            _huffman[(kind * Numbers) + number] = segment.Slice(1, length).ToArray();
            segment = segment[(1 + length)..];
        }

        return segment.IsEmpty;
    }

    /// <summary>A DQT segment (B.2.4.1): each table 64 divisors of one byte or of two.</summary>
    /// <returns>Whether it makes sense.</returns>
    public bool AddQuantization(ReadOnlySpan<byte> segment)
    {
        while (!segment.IsEmpty)
        {
            var (wide, number) = (segment[0] >> 4, segment[0] & 15);
            if (wide > 1 || number >= Numbers || segment.Length <= Coefficients * (1 + wide))
            {
                return false;
            }

            var table = new ushort[Coefficients];
            for (var i = 0; i < Coefficients; i++)
            {
                table[i] = wide == 1 ? BinaryPrimitives.ReadUInt16BigEndian(segment[(1 + (2 * i))..]) : segment[1 + i];
            }

            _quantization[number] = table;
            segment = segment[(1 + (Coefficients * (1 + wide)))..];
        }

        return true;
    }
}
