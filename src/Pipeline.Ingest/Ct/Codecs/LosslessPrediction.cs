using System.Runtime.CompilerServices;

namespace MhdNet.Ingest.Ct.Codecs;

/// <summary>
/// From the differences of a row to its samples, given the row above (ITU-T T.81, H.1.2.1 and table H.1): Ra is the sample to the left,
/// Rb the one above, Rc the one above that to the left. The row's first sample is predicted by the one above it. Sums are taken modulo
/// 2^16.
/// </summary>
internal static class LosslessPrediction
{
    /// <summary>Makes of samples that were predicted from the left, as if that were the predictor, those of another predictor.</summary>
    /// <param name="selection">Which predictor, from 2 to 7.</param>
    /// <param name="row">The sums of the differences; then the samples. The first is right already.</param>
    /// <param name="above">The samples above, as many.</param>
    public static void Exchange(int selection, Span<ushort> row, ReadOnlySpan<ushort> above)
    {
        switch (selection)
        {
            case 2:
                Above(row, above);
                break;
            case 3:
                AboveLeft(row, above);
                break;
            case 4:
                Plane(row, above);
                break;
            case 5:
                HalfGradientAbove(row, above);
                break;
            case 6:
                HalfGradientLeft(row, above);
                break;
            default:
                Mean(row, above);
                break;
        }
    }

    /// <summary>Rb.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Above(Span<ushort> row, ReadOnlySpan<ushort> above)
    {
        int before = row[0];
        for (var i = 1; i < row.Length && i < above.Length; i++)
        {
            var sum = row[i];
            row[i] = (ushort)(sum - before + above[i]);
            before = sum;
        }
    }

    /// <summary>Rc.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AboveLeft(Span<ushort> row, ReadOnlySpan<ushort> above)
    {
        int before = row[0];
        for (var i = 1; i < row.Length && i < above.Length; i++)
        {
            var sum = row[i];
            row[i] = (ushort)(sum - before + above[i - 1]);
            before = sum;
        }
    }

    /// <summary>Ra + Rb - Rc: what is added to the sums is Rb less the first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Plane(Span<ushort> row, ReadOnlySpan<ushort> above)
    {
        var first = above[0];
        for (var i = 1; i < row.Length && i < above.Length; i++)
        {
            row[i] += (ushort)(above[i] - first);
        }
    }

    /// <summary>Ra + (Rb - Rc) / 2, rounded down.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void HalfGradientAbove(Span<ushort> row, ReadOnlySpan<ushort> above)
    {
        var added = 0;
        for (var i = 1; i < row.Length && i < above.Length; i++)
        {
            added += (above[i] - above[i - 1]) >> 1;
            row[i] += (ushort)added;
        }
    }

    /// <summary>Rb + (Ra - Rc) / 2, rounded down.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void HalfGradientLeft(Span<ushort> row, ReadOnlySpan<ushort> above)
    {
        var (before, left) = ((int)row[0], (int)row[0]);
        for (var i = 1; i < row.Length && i < above.Length; i++)
        {
            var sum = row[i];
            left = (ushort)(sum - before + above[i] + ((left - above[i - 1]) >> 1));
            row[i] = (ushort)left;
            before = sum;
        }
    }

    /// <summary>(Ra + Rb) / 2, rounded down.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Mean(Span<ushort> row, ReadOnlySpan<ushort> above)
    {
        var (before, left) = ((int)row[0], (int)row[0]);
        for (var i = 1; i < row.Length && i < above.Length; i++)
        {
            var sum = row[i];
            left = (ushort)(sum - before + ((left + above[i]) >> 1));
            row[i] = (ushort)left;
            before = sum;
        }
    }
}
