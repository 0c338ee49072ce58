using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Lanes = System.Numerics.Vector;

namespace MhdNet.Ingest.Ct.Dicom;

/// <summary>How stored values lie in their bits (PS3.5, section 8.1.1).</summary>
/// <param name="BitsAllocated">8 or 16.</param>
/// <param name="BitsStored">At most as many; the rest may hold overlays and is ignored.</param>
/// <param name="HighBit">Position of the highest stored bit.</param>
/// <param name="Signed">Two's complement.</param>
internal readonly record struct StoredPixels(int BitsAllocated, int BitsStored, int HighBit, bool Signed)
{
    /// <summary>Air, and what a scanner writes where it measured nothing.</summary>
    private const short Air = -1024;

    /// <summary>With a slope and an intercept up to these, no stored value of 16 bits leaves 32 bits.</summary>
    private const double LargestSlope = 1 << 14, LargestIntercept = 1 << 24;

    /// <summary>Whether the stored bits lie inside the allocated ones.</summary>
    public bool IsPossible => BitsAllocated is 8 or 16 && BitsStored >= 1 && HighBit < BitsAllocated && HighBit + 1 >= BitsStored;

    /// <summary>What to say where they do not.</summary>
    public string Impossible => $"{BitsStored} bits up to bit {HighBit} do not fit into pixels of {BitsAllocated} bits";

    /// <summary>As a header says.</summary>
    public static StoredPixels Of(SliceHeader header) => new(header.BitsAllocated, header.BitsStored, header.HighBit, header.IsSigned);

    /// <summary>Hounsfield units of decoded pixels in the machine's byte order.</summary>
    public short[] ToHu(ReadOnlySpan<byte> bytes, SliceHeader header)
    {
        var (slope, intercept) = (header.Slope!.Value, header.Intercept!.Value);
        var hu = SpareFrames.Take(bytes.Length * 8 / BitsAllocated);
        var words = MemoryMarshal.Cast<byte, ushort>(bytes);
        var (padding, limit) = (header.Padding ?? int.MaxValue, header.PaddingLimit ?? header.Padding ?? int.MaxValue);
        (padding, limit) = (Math.Min(padding, limit), Math.Max(padding, limit));
        var whole = BitsAllocated == 16 && double.IsInteger(slope) && double.IsInteger(intercept) && Math.Abs(slope) <= LargestSlope && Math.Abs(intercept) <= LargestIntercept;
        var i = !whole ? 0
            : slope == 1 && Math.Abs(intercept) <= short.MaxValue && (Signed || BitsStored < 16) ? Shifted(words, hu, (short)intercept, padding, limit)
            : WholeNumbers(words, hu, (int)slope, (int)intercept, padding, limit);
        for (; i < hu.Length; i++)
        {
            var value = Value(BitsAllocated == 8 ? bytes[i] : words[i]);
            hu[i] = value >= padding && value <= limit ? Air : (short)Math.Clamp(Math.Round((value * slope) + intercept), Air, short.MaxValue);
        }

        return hu;
    }

    /// <summary>The same in vectors of 16 bits, for what nearly every scanner writes: values that fit and a slope of 1. Sums that do not fit stay at the largest, as they should.</summary>
    /// <returns>How many values were done; fewer than a vector are left.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Shifted(ReadOnlySpan<ushort> words, Span<short> hu, short intercept, int padding, int limit)
    {
        var none = padding > short.MaxValue || limit < short.MinValue;
        var from = Vector256.Create(none ? (short)1 : (short)Math.Max(padding, short.MinValue));
        var to = Vector256.Create(none ? (short)0 : (short)Math.Min(limit, short.MaxValue));
        var (shift, air, left, right) = (Vector256.Create(intercept), Vector256.Create(Air), 15 - HighBit, 16 - BitsStored);
        var i = 0;
        for (; i + Vector256<short>.Count <= hu.Length; i += Vector256<short>.Count)
        {
            var top = Vector256.Create(words[i..]) << left;
            var values = Signed ? top.AsInt16() >> right : (top >>> right).AsInt16();
            var shifted = Vector256.Max(Vector256.AddSaturate(values, shift), air);
            var isPadding = Vector256.GreaterThanOrEqual(values, from) & Vector256.LessThanOrEqual(values, to);
            Vector256.ConditionalSelect(isPadding, air, shifted).CopyTo(hu[i..]);
        }

        return i;
    }

    /// <summary>The same in vectors of 32 bits, for slopes and intercepts that are whole numbers.</summary>
    /// <returns>How many values were done; fewer than a vector are left.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int WholeNumbers(ReadOnlySpan<ushort> words, Span<short> hu, int slope, int intercept, int padding, int limit)
    {
        var i = 0;
        for (; i + Vector<ushort>.Count <= hu.Length; i += Vector<ushort>.Count)
        {
            var top = new Vector<ushort>(words[i..]) << (15 - HighBit);
            Vector<int> low, high;
            if (Signed)
            {
                Lanes.Widen(Lanes.AsVectorInt16(top) >> (16 - BitsStored), out low, out high);
            }
            else
            {
                Lanes.Widen(top >>> (16 - BitsStored), out var unsignedLow, out var unsignedHigh);
                (low, high) = (Lanes.AsVectorInt32(unsignedLow), Lanes.AsVectorInt32(unsignedHigh));
            }

            Lanes.Narrow(Scaled(low, slope, intercept, padding, limit), Scaled(high, slope, intercept, padding, limit)).CopyTo(hu[i..]);
        }

        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<int> Scaled(Vector<int> values, int slope, int intercept, int padding, int limit)
    {
        var hu = Lanes.Min(Lanes.Max((values * slope) + new Vector<int>(intercept), new Vector<int>(Air)), new Vector<int>(short.MaxValue));
        var isPadding = Lanes.GreaterThanOrEqual(values, new Vector<int>(padding)) & Lanes.LessThanOrEqual(values, new Vector<int>(limit));
        return Lanes.ConditionalSelect(isPadding, new Vector<int>(Air), hu);
    }

    private int Value(int word)
    {
        var unused = 32 - BitsStored;
        var bits = word >> (HighBit + 1 - BitsStored) << unused;
        return Signed ? bits >> unused : (int)((uint)bits >> unused);
    }
}
