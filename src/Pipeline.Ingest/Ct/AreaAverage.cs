using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MhdNet.Ingest.Ct;

/// <summary>
/// Shrinks a picture by averaging over areas: each pixel of the result is the mean of the part of the picture that it covers, pixels covered in part counting in part. What OpenCV's
/// INTER_AREA computes, to the rounding of a half, in vectors and without a copy.
/// </summary>
internal static class AreaAverage
{
    private const int Four = 4;

    /// <param name="from">Values, row after row.</param>
    /// <param name="rows">Height.</param>
    /// <param name="columns">Width.</param>
    /// <param name="size">Height and width of the result, neither larger than those of the picture.</param>
    public static short[] Of(ReadOnlySpan<short> from, int rows, int columns, int size)
    {
        var (down, across) = (Shares.Of(rows, size), Shares.Of(columns, size));
        var line = new float[columns + across.Most];
        var to = SpareFrames.Take(size * size);
        for (var row = 0; row < size; row++)
        {
            Down(from[(down.First[row] * columns)..], columns, down.Of(row), line);
            Across(line, across, to.AsSpan(row * size, size));
        }

        return to;
    }

    /// <summary>Adds up weighted rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Down(ReadOnlySpan<short> rows, int columns, ReadOnlySpan<float> weights, Span<float> line)
    {
        var (i, width) = (0, Vector<float>.Count);
        for (; i + (2 * width) <= columns; i += 2 * width)
        {
            var (a, b) = (Vector<float>.Zero, Vector<float>.Zero);
            for (var k = 0; k < weights.Length; k++)
            {
                Vector.Widen(new Vector<short>(rows[((k * columns) + i)..]), out var low, out var high);
                a += Vector.ConvertToSingle(low) * weights[k];
                b += Vector.ConvertToSingle(high) * weights[k];
            }

            a.CopyTo(line[i..]);
            b.CopyTo(line[(i + width)..]);
        }

        for (; i < columns; i++)
        {
            line[i] = 0;
            for (var k = 0; k < weights.Length; k++)
            {
                line[i] += rows[(k * columns) + i] * weights[k];
            }
        }
    }

    /// <summary>Adds up weighted pixels of the line, four at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Across(ReadOnlySpan<float> line, Shares across, Span<short> to)
    {
        var done = across.Most == Four && Avx.IsSupported ? EightAcross(line, across, to) : 0; // slices of 512 pixels and fewer
        ReadOnlySpan<float> weights = across.Weights.AsSpan(done * across.Most);
        ReadOnlySpan<int> first = across.First;
        for (var column = done; column < to.Length; column++)
        {
            var pixels = line.Slice(first[column], across.Most);
            var sum = Vector128<float>.Zero;
            for (var k = 0; k < pixels.Length; k += Four)
            {
                sum += Vector128.Create(pixels.Slice(k, Four)) * Vector128.Create(weights.Slice(k, Four));
            }

            weights = weights[across.Most..];
            to[column] = (short)MathF.Round(Vector128.Sum(sum));
        }
    }

    /// <summary>The same for pixels of the result that cover four at most, eight of them at a time.</summary>
    /// <returns>How many were done; fewer than eight are left.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int EightAcross(ReadOnlySpan<float> line, Shares across, Span<short> to)
    {
        ref var pixels = ref MemoryMarshal.GetReference(line);
        ref var weights = ref MemoryMarshal.GetArrayDataReference(across.Weights);
        ref var first = ref MemoryMarshal.GetArrayDataReference(across.First);
        var column = 0;
        for (; column + 8 <= to.Length; column += 8)
        {
            // Adding neighbours twice over puts the sums of the lower halves first, those of the upper halves behind.
            var a = Products(ref pixels, ref first, ref weights, column);
            var b = Products(ref pixels, ref first, ref weights, column + 1);
            var c = Products(ref pixels, ref first, ref weights, column + 2);
            var d = Products(ref pixels, ref first, ref weights, column + 3);
            var sums = Avx.ConvertToVector256Int32(Avx.HorizontalAdd(Avx.HorizontalAdd(a, b), Avx.HorizontalAdd(c, d)));
            Sse2.PackSignedSaturate(sums.GetLower(), sums.GetUpper()).CopyTo(to[column..]);
        }

        return column;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector256<float> Products(ref float pixels, ref int first, ref float weights, int column) =>
            Both(ref pixels, Unsafe.Add(ref first, column), Unsafe.Add(ref first, column + Four)) * Both(ref weights, column * Four, (column + Four) * Four);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector256<float> Both(ref float from, int lower, int upper) => Vector256.Create(Vector128.LoadUnsafe(ref from, (nuint)lower), Vector128.LoadUnsafe(ref from, (nuint)upper));
    }

    /// <summary>Which pixels of a line each pixel of a shorter one covers, and with which share.</summary>
    private sealed class Shares
    {
        private static Shares? _last;
        private readonly int[] _count;
        private readonly (int From, int To) _lengths;

        private Shares(int from, int to)
        {
            _lengths = (from, to);
            Most = (((from + to - 1) / to) + 1 + Four - 1) / Four * Four;
            (First, _count, Weights) = (new int[to], new int[to], new float[to * Most]);
            for (var i = 0; i < to; i++)
            {
                // In whole numbers: a pixel is `to` long, a pixel of the result `from`.
                var (start, end) = ((long)i * from, (long)(i + 1) * from);
                First[i] = (int)(start / to);
                for (var k = 0; k < Most && (First[i] + k) * (long)to < end; k++)
                {
                    var pixel = (First[i] + k) * (long)to;
                    Weights[(i * Most) + k] = (Math.Min(pixel + to, end) - Math.Max(pixel, start)) / (float)from;
                    _count[i] = k + 1;
                }
            }
        }

        public int[] First { get; }

        /// <summary><see cref="Most"/> for each pixel of the result, zeros behind those that count.</summary>
        public float[] Weights { get; }

        /// <summary>No pixel of the result covers more; a multiple of four.</summary>
        public int Most { get; }

        /// <summary>Slices of one size come one after the other.</summary>
        public static Shares Of(int from, int to) => _last is { } last && last._lengths == (from, to) ? last : _last = new Shares(from, to);

        public ReadOnlySpan<float> Of(int i) => Weights.AsSpan(i * Most, _count[i]);
    }
}
