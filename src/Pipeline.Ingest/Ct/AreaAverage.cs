using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

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
        var to = GC.AllocateUninitializedArray<short>(size * size);
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
        ReadOnlySpan<float> weights = across.Weights;
        ReadOnlySpan<int> first = across.First;
        if (across.Most == Four)
        {
            // Slices of 512 pixels and fewer: a loop of one round costs half as much again.
            for (var column = 0; column < to.Length; column++)
            {
                var products = Vector128.Create(line.Slice(first[column], Four)) * Vector128.Create(weights.Slice(column * Four, Four));
                to[column] = (short)MathF.Round(Vector128.Sum(products));
            }

            return;
        }

        for (var column = 0; column < to.Length; column++)
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
