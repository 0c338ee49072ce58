using System.Runtime.InteropServices;

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

    /// <summary>Whether the stored bits lie inside the allocated ones.</summary>
    public bool IsPossible => BitsAllocated is 8 or 16 && BitsStored >= 1 && HighBit < BitsAllocated && HighBit + 1 >= BitsStored;

    /// <summary>Hounsfield units of decoded pixels in the machine's byte order.</summary>
    public short[] ToHu(byte[] bytes, SliceHeader header)
    {
        var (slope, intercept) = (header.Slope!.Value, header.Intercept!.Value);
        var hu = new short[bytes.Length * 8 / BitsAllocated];
        var words = MemoryMarshal.Cast<byte, ushort>(bytes);
        var (padding, limit) = (header.Padding ?? int.MaxValue, header.PaddingLimit ?? header.Padding ?? int.MaxValue);
        (padding, limit) = (Math.Min(padding, limit), Math.Max(padding, limit));
        for (var i = 0; i < hu.Length; i++)
        {
            var value = Value(BitsAllocated == 8 ? bytes[i] : words[i]);
            hu[i] = value >= padding && value <= limit ? Air : (short)Math.Clamp(Math.Round((value * slope) + intercept), Air, short.MaxValue);
        }

        return hu;
    }

    private int Value(int word)
    {
        var unused = 32 - BitsStored;
        var bits = word >> (HighBit + 1 - BitsStored) << unused;
        return Signed ? bits >> unused : (int)((uint)bits >> unused);
    }
}
