using System.Runtime.CompilerServices;

namespace MhdNet.Ingest.Ct.Codecs;

/// <summary>
/// The inverse DCT of 8x8 blocks in whole numbers, by the fast algorithm of Loeffler, Ligtenberg and Moschytz (11 multiplications for 8
/// values), columns first. Constants have 13 bits behind the point, between columns and rows some bits are kept: the result is within one
/// of the exact one.
/// </summary>
internal static class InverseDct
{
    private const int Bits = 13;

    // Cosines and sums of them, times 2^13.
    private const int C0298 = 2446, C0390 = 3196, C0541 = 4433, C0765 = 6270, C0899 = 7373, C1175 = 9633;
    private const int C1501 = 12299, C1847 = 15137, C1961 = 16069, C2053 = 16819, C2562 = 20995, C3072 = 25172;

    /// <summary>Transforms a block in place: coefficients to samples around zero.</summary>
    /// <param name="block">64 values, row by row.</param>
    /// <param name="kept">
    /// Bits kept between both passes: 2 for samples of 8 bits, 1 for those of 12, whose sums would not fit otherwise.
    /// </param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Transform(Span<int> block, int kept)
    {
        for (var column = 0; column < 8; column++)
        {
            Pass(block, column, 8, Bits - kept);
        }

        // A DCT of two dimensions is 8 times too large.
        for (var row = 0; row < 8; row++)
        {
            Pass(block, 8 * row, 1, Bits + kept + 3);
        }
    }

    /// <summary>One dimension.</summary>
    private static void Pass(Span<int> block, int at, int step, int shift)
    {
        var (x0, x2, x4, x6) = (block[at], block[at + (2 * step)], block[at + (4 * step)], block[at + (6 * step)]);
        var (x1, x3, x5, x7) = (block[at + step], block[at + (3 * step)], block[at + (5 * step)], block[at + (7 * step)]);

        // The even part: a rotation by 6/16 pi.
        var turned = (x2 + x6) * C0541;
        var (low, high) = (turned - (x6 * C1847), turned + (x2 * C0765));
        var (sum, difference) = ((x0 + x4) << Bits, (x0 - x4) << Bits);
        var (e0, e3, e1, e2) = (sum + high, sum - high, difference + low, difference - low);

        // The odd part.
        var (z1, z2, z3, z4) = (x7 + x1, x5 + x3, x7 + x3, x5 + x1);
        var z5 = (z3 + z4) * C1175;
        (z1, z2, z3, z4) = (-z1 * C0899, -z2 * C2562, z5 - (z3 * C1961), z5 - (z4 * C0390));
        var o0 = (x7 * C0298) + z1 + z3;
        var o1 = (x5 * C2053) + z2 + z4;
        var o2 = (x3 * C3072) + z2 + z3;
        var o3 = (x1 * C1501) + z1 + z4;

        var half = 1 << (shift - 1);
        block[at] = (e0 + o3 + half) >> shift;
        block[at + (7 * step)] = (e0 - o3 + half) >> shift;
        block[at + step] = (e1 + o2 + half) >> shift;
        block[at + (6 * step)] = (e1 - o2 + half) >> shift;
        block[at + (2 * step)] = (e2 + o1 + half) >> shift;
        block[at + (5 * step)] = (e2 - o1 + half) >> shift;
        block[at + (3 * step)] = (e3 + o0 + half) >> shift;
        block[at + (4 * step)] = (e3 - o0 + half) >> shift;
    }
}
