using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MhdNet.Ingest.Ct.Codecs;

/// <summary>
/// The differences of a lossless row, from bits to numbers (ITU-T T.81, H.1.2.2): where lossless decoding spends its time. From one
/// look-up to the next there are a shift, a load and a shift; no branch depends on how long the codes are.
/// </summary>
internal static class LosslessDifferences
{
    private const int Index = 64 - DifferenceTable.LookUp;

    /// <summary>Look-ups between two loads of coded bytes, and most samples that they give.</summary>
    private const int LookUps = 4, MostSamples = 2 * LookUps;

    /// <summary>Most bytes that a row of so many samples can take.</summary>
    public static int MostBytes(int samples) => ((samples * HuffmanTable.LongestValue) + 7) / 8;

    /// <summary>Decodes a row.</summary>
    /// <param name="window">
    /// The coded bytes, <see cref="MostBytes"/> and <see cref="JpegBitReader.Spare"/> of them from the bit on.
    /// </param>
    /// <param name="bit">The first bit.</param>
    /// <param name="table">The codes.</param>
    /// <param name="row">Filled: each sample is its difference and the sample before it, modulo 2^16.</param>
    /// <param name="value">What is before the first sample.</param>
    /// <returns>The first bit behind the row, or the complement of where there is a code that the table does not know.</returns>
    public static int Decode(ReadOnlySpan<byte> window, int bit, DifferenceTable table, Span<ushort> row, int value)
    {
        for (var done = 0; ; done++)
        {
            (var samples, bit) = Run(window, bit, table.Entries, row[done..], value);
            done += samples;
            if (done == row.Length)
            {
                return bit;
            }

            var one = One(window, bit, table.Codes);
            if (one < 0)
            {
                return ~bit;
            }

            value = (ushort)((samples == 0 ? value : row[done - 1]) + (int)one);
            bit = (int)(one >> 16);
            row[done] = (ushort)value;
            if (done + 1 == row.Length)
            {
                return bit;
            }
        }
    }

    /// <summary>Decodes until few samples are left, or a code comes that the look-up does not hold.</summary>
    /// <returns>How many samples were decoded, and the first bit behind them.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (int Samples, int Bit) Run(ReadOnlySpan<byte> window, int bit, ReadOnlySpan<uint> entries, Span<ushort> row, int value)
    {
        if (entries.Length != DifferenceTable.Size || row.Length < MostSamples)
        {
            return (0, bit);
        }

        // All places are bounded here: of an entry by the look-up's bits, of a sample and of a byte by the loop's conditions.
        ref var coded = ref MemoryMarshal.GetReference(window);
        ref var lookUp = ref MemoryMarshal.GetReference(entries);
        ref var sample = ref MemoryMarshal.GetReference(row);
        ref var last = ref Unsafe.Add(ref sample, row.Length - MostSamples);
        var at = (bit >> 3) + 7;
        var count = 56 - (bit & 7);
        var bits = HuffmanTable.Peek(window, bit);
        while (!Unsafe.IsAddressGreaterThan(ref sample, ref last) && at <= window.Length - 8)
        {
            // 56 bits hold four look-ups.
            bits |= BinaryPrimitives.ReverseEndianness(Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref coded, at))) >> count;
            at += (63 - count) >> 3;
            count |= 56;
            for (var i = 0; i < LookUps; i++)
            {
                var entry = Unsafe.Add(ref lookUp, (nint)(bits >> Index));
                if (entry == 0)
                {
                    goto end;
                }

                value += (int)entry >> 20;
                sample = (ushort)value;
                value += (int)(entry << 12) >> 20;
                Unsafe.Add(ref sample, 1) = (ushort)value;
                bits <<= (int)entry;
                count -= (int)(entry & 0x7F);
                sample = ref Unsafe.AddByteOffset(ref sample, (nint)(2 + ((entry & 0x80) >> 6)));
            }
        }

    end:
        return ((int)(Unsafe.ByteOffset(ref MemoryMarshal.GetReference(row), ref sample) >> 1), (8 * at) - count);
    }

    /// <summary>A single difference, whatever its code. That of category 16 is 32768, without further bits (table H.2).</summary>
    /// <returns>The first bit behind it and, in the lower 16 bits, the difference; -1 where the table does not know the code.</returns>
    private static long One(ReadOnlySpan<byte> window, int bit, HuffmanTable table)
    {
        var bits = HuffmanTable.Peek(window, bit);
        var entry = table.Entries[(int)(bits >> (64 - HuffmanTable.LookUp))];
        if (entry != 0)
        {
            return ((long)(bit + (int)(entry & 63)) << 16) | (ushort)HuffmanTable.Extend(bits << (int)(entry >> 8), (int)(entry >> 16));
        }

        var (category, length) = table.Find(bits);
        return length == 0 || category > 16 ? -1
            : category == 16 ? ((long)(bit + length) << 16) | 0x8000
            : ((long)(bit + length + category) << 16) | (ushort)HuffmanTable.Extend(bits << length, category);
    }
}
