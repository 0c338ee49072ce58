namespace MhdNet.Ingest.Tests.Crashes;

/// <summary>Ways in which the bytes of a DICOM file go wrong, each a function of a seed.</summary>
internal static class Damage
{
    private const int HeaderBytes = 3000;

    /// <summary>How many ways there are; the seed's remainder says which.</summary>
    public const int Ways = 5;

    /// <summary>The file, damaged.</summary>
    public static byte[] Of(byte[] whole, int seed)
    {
        var random = new Random(seed);
        return (seed % Ways) switch
        {
            0 => whole[..random.Next(whole.Length)],
            1 => Flipped(whole, random, 132, whole.Length, bits: 1 + random.Next(40)),
            2 => Flipped(whole, random, Math.Min(HeaderBytes, whole.Length / 2), whole.Length, bits: 1 + random.Next(400)), // the pixels: the header stays whole, and the decoder gets them
            3 => Lengths(whole, random),
            _ => Overwritten(whole, random),
        };
    }

    private static byte[] Flipped(byte[] whole, Random random, int from, int to, int bits)
    {
        var bytes = whole.ToArray();
        for (; bits > 0; bits--)
        {
            bytes[random.Next(from, to)] ^= (byte)(1 << random.Next(8));
        }

        return bytes;
    }

    /// <summary>Two or four bytes that may be a length of an element, a fragment or a marker's segment, larger or smaller by a little or by much.</summary>
    private static byte[] Lengths(byte[] whole, Random random)
    {
        var bytes = whole.ToArray();
        var at = random.Next(132, bytes.Length - 4);
        var value = random.Next(4) switch { 0 => BitConverter.ToUInt32(bytes, at) + 2, 1 => BitConverter.ToUInt32(bytes, at) - 2, 2 => uint.MaxValue, _ => (uint)random.Next() };
        BitConverter.GetBytes(value).AsSpan(0, random.Next(2) == 0 ? 2 : 4).CopyTo(bytes.AsSpan(at));
        return bytes;
    }

    /// <summary>A stretch of the pixels replaced by other bytes, as a bad disk does.</summary>
    private static byte[] Overwritten(byte[] whole, Random random)
    {
        var bytes = whole.ToArray();
        var start = random.Next(Math.Min(HeaderBytes, bytes.Length / 2), bytes.Length);
        var stretch = bytes.AsSpan(start, Math.Min(random.Next(1, 5000), bytes.Length - start));
        if (random.Next(2) == 0)
        {
            stretch.Clear();
        }
        else
        {
            random.NextBytes(stretch);
        }

        return bytes;
    }
}
