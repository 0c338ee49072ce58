using System.Runtime.InteropServices;
using MhdNet.Ingest.Ct.Codecs;

namespace MhdNet.Ingest.Tests.Ct.Codecs;

/// <summary>Frames to encode, and what comes back.</summary>
internal static class Frames
{
    /// <summary>
    /// Smooth with edges and noise; or, with <paramref name="wild"/>, any values of 16 bits, as signed ones of fewer bits are coded.
    /// </summary>
    public static ushort[] Random(Random random, int samples, int precision, bool wild)
    {
        var (value, most) = (1 << (precision - 1), (1 << precision) - 1);
        return [.. Enumerable.Range(0, samples).Select(_ => wild ? (ushort)random.Next(1 << 16) : (ushort)Next())];

        int Next() => value = random.Next(20) == 0
            ? random.Next(most + 1)
            : Math.Clamp(value + random.Next(-(1 << (precision / 2)), (1 << (precision / 2)) + 1), 0, most);
    }

    /// <summary>Decoded samples of 16 bits.</summary>
    public static ushort[] Words(this IFrameDecoder decoder, byte[] stream, int rows, int columns)
    {
        var bytes = new byte[2 * rows * columns];
        Assert.Null(decoder.Decode(stream, new FrameForm(rows, columns, 16), bytes).Wrong);
        return MemoryMarshal.Cast<byte, ushort>(bytes).ToArray();
    }

    /// <summary>Decoded samples of 8 bits.</summary>
    public static byte[] Bytes(this IFrameDecoder decoder, byte[] stream, int rows, int columns)
    {
        var bytes = new byte[rows * columns];
        Assert.Null(decoder.Decode(stream, new FrameForm(rows, columns, 8), bytes).Wrong);
        return bytes;
    }

    /// <summary>What is wrong with a stream; null where nothing is.</summary>
    public static string? Wrong(this IFrameDecoder decoder, ReadOnlySpan<byte> stream, int rows, int columns, int bits = 16) =>
        decoder.Decode(stream, new FrameForm(rows, columns, bits), new byte[rows * columns * bits / 8]).Wrong;

    /// <summary>Bytes changed, put in, taken out or cut off.</summary>
    public static byte[] Mutant(byte[] whole, Random random)
    {
        List<byte> bytes = [.. whole];
        var span = random.Next(3) == 0 ? Math.Min(whole.Length, 200) : whole.Length;
        for (var n = random.Next(1, 6); n > 0; n--)
        {
            var at = random.Next(Math.Min(span, bytes.Count));
            switch (random.Next(5))
            {
                case 0:
                    bytes.Insert(at, (byte)random.Next(256));
                    break;
                case 1 when bytes.Count > 4:
                    bytes.RemoveAt(at);
                    break;
                case 2 when random.Next(3) == 0:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                case 3:
                    bytes[at] = random.Next(2) == 0 ? (byte)0xFF : (byte)0;
                    break;
                default:
                    bytes[at] = (byte)random.Next(256);
                    break;
            }

            if (bytes.Count == 0)
            {
                break;
            }
        }

        return [.. bytes];
    }
}
