using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using MhdNet.Tiling.Blocks;

namespace MhdNet.Tiling.Tiles;

/// <summary>The sums of <see cref="ScalarPixelSums"/>, 32 pixels at a time and in one pass: judging a tile must cost less than decoding it.</summary>
internal static unsafe class VectorPixelSums
{
    private const int Lanes = 16;

    /// <summary>Whether a tile can be summed here: the width is a multiple of 32, and the processor has the vectors.</summary>
    public static bool Fits(PixelView rgb) => Vector256.IsHardwareAccelerated && rgb.Width % (2 * Lanes) == 0 && rgb.Height >= 2;

    // Compiled at its best from the first call: before the runtime would get round to it, thousands of tiles have passed.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static PixelSums Of(PixelView rgb, TileFilterSettings settings)
    {
        var (white, saturation, nuclear, sum, squares) = (0L, 0.0, 0L, 0L, 0L);
        var whiteFrom = Vector128.Create((byte)Math.Clamp(Math.Ceiling(settings.WhiteAbove), 0, 255));
        var whitePossible = settings.WhiteAbove <= 255;
        var stain = new NuclearTest(settings.NuclearAbove);

        // Three rows of grey, each with a mirrored pixel before and after it.
        var stride = rgb.Width + (2 * Lanes);
        var rows = stackalloc ushort[3 * stride];
        for (var y = 0; y < rgb.Height; y++)
        {
            var grey = rows + (y % 3 * stride) + Lanes;
            var pixel = rgb.Row(y);
            var saturations = Vector256<float>.Zero;
            for (var x = 0; x < rgb.Width; x += 2 * Lanes, pixel += 6 * Lanes)
            {
                var (r0, g0, b0) = Channels.Load(pixel);
                var (r1, g1, b1) = Channels.Load(pixel + (3 * Lanes));
                Grey(r0, g0, b0).Store(grey + x);
                Grey(r1, g1, b1).Store(grey + x + Lanes);
                if (y % 2 == 0)
                {
                    var (r, g, b) = (Channels.Even(r0, r1), Channels.Even(g0, g1), Channels.Even(b0, b1));
                    var darkest = Vector128.Min(r, Vector128.Min(g, b));
                    var brightest = Vector128.Max(r, Vector128.Max(g, b));
                    white += whitePossible ? uint.PopCount(Vector128.GreaterThanOrEqual(darkest, whiteFrom).ExtractMostSignificantBits()) : 0;
                    saturations += Saturations(brightest, darkest);
                    nuclear += stain.Count(r, g, b);
                }
            }

            saturation += Vector256.Sum(saturations);
            grey[-1] = grey[1];
            grey[rgb.Width] = grey[rgb.Width - 2];
            if (y >= 1)
            {
                var above = rows + ((y == 1 ? 1 : y - 2) % 3 * stride) + Lanes;
                AddLaplacian(above, rows + ((y - 1) % 3 * stride) + Lanes, grey, rgb.Width, ref sum, ref squares);
            }
        }

        var last = rgb.Height - 1;
        var inner = rows + ((last - 1) % 3 * stride) + Lanes;
        AddLaplacian(inner, rows + (last % 3 * stride) + Lanes, inner, rgb.Width, ref sum, ref squares);
        return new PixelSums(white, saturation, nuclear, sum, squares);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Saturations(Vector128<byte> brightest, Vector128<byte> darkest)
    {
        var (lowMax, highMax) = Channels.Floats(brightest);
        var (lowSpread, highSpread) = Channels.Floats(brightest - darkest);
        var one = Vector256<float>.One; // black has no spread, so any divisor will do
        return ((lowSpread / Vector256.Max(lowMax, one)) + (highSpread / Vector256.Max(highMax, one))) * 255f;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ushort> Grey(Vector128<byte> r, Vector128<byte> g, Vector128<byte> b) =>
        Vector256.ShiftRightLogical((Channels.Wide(r) * 77) + (Channels.Wide(g) * 150) + (Channels.Wide(b) * 29) + Vector256.Create((ushort)128), 8);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddLaplacian(ushort* above, ushort* row, ushort* below, int width, ref long sum, ref long squares)
    {
        var (sums, products) = (Vector256<int>.Zero, Vector256<int>.Zero);
        for (var x = 0; x < width; x += Lanes)
        {
            var around = Vector256.Load(above + x) + Vector256.Load(below + x) + Vector256.Load(row + x - 1) + Vector256.Load(row + x + 1);
            var (low, high) = Vector256.Widen((around - Vector256.ShiftLeft(Vector256.Load(row + x), 2)).AsInt16());
            sums += low + high;
            products += (low * low) + (high * high);
        }

        sum += Vector256.Sum(sums);
        var (first, second) = Vector256.Widen(products);
        squares += Vector256.Sum(first + second);
    }
}
