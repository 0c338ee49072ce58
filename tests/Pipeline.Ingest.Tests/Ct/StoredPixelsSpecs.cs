using FsCheck;
using FsCheck.Xunit;
using MhdNet.Ingest.Ct.Dicom;

namespace MhdNet.Ingest.Tests.Ct;

public class StoredPixelsSpecs
{
    /// <summary>Whole slopes and intercepts go another way than fractions: the next fraction after a whole number must come to the same.</summary>
    [Property]
    public void Vectors_and_single_values_come_to_the_same(ushort[] words, byte bits, byte high, bool isSigned, short slope, short intercept, short? padding, short? limit)
    {
        slope = slope % 2 == 0 ? (short)1 : slope; // 1 goes a way of its own, too
        var stored = 1 + (bits % 16);
        var pixels = new StoredPixels(16, stored, stored - 1 + (high % (17 - stored)), isSigned);
        ushort[] many = [.. words, .. Enumerable.Range(0, 100).Select(i => (ushort)(i * 655))];
        var bytes = System.Runtime.InteropServices.MemoryMarshal.AsBytes(many.AsSpan());
        var header = Slices.At(0) with { Slope = slope, Intercept = intercept, Padding = padding, PaddingLimit = limit };
        Assert.Equal(pixels.ToHu(bytes, header with { Intercept = Math.BitIncrement((double)intercept) }), pixels.ToHu(bytes, header));
    }

    [Fact]
    public void A_slope_of_any_size_ends_inside_sixteen_bits()
    {
        ushort[] words = [0, 1, 65535, .. new ushort[61]];
        var hu = new StoredPixels(16, 16, 15, false).ToHu(System.Runtime.InteropServices.MemoryMarshal.AsBytes(words.AsSpan()), Slices.At(0) with { Slope = 16384, Intercept = -1 << 24 });
        Assert.Equal([-1024, -1024, short.MaxValue], hu[..3].Select(v => (int)v));
        hu = new StoredPixels(16, 16, 15, false).ToHu(System.Runtime.InteropServices.MemoryMarshal.AsBytes(words.AsSpan()), Slices.At(0) with { Slope = 1e300, Intercept = 0 });
        Assert.Equal([0, short.MaxValue, short.MaxValue], hu[..3].Select(v => (int)v));
    }
}
