namespace MhdNet.Tiling.Slides.Tiff;

/// <summary>Values of tags of the current directory.</summary>
internal static unsafe class TiffFields
{
    /// <summary>A 16-bit value; 0 where it is absent and has no default.</summary>
    public static ushort Short(TiffHandle tiff, uint tag)
    {
        ushort value = 0;
        return NativeTiff.GetField(tiff, tag, &value) == 1 ? value : (ushort)0;
    }

    /// <summary>A 32-bit value; 0 where it is absent and has no default.</summary>
    public static long Long(TiffHandle tiff, uint tag)
    {
        uint value = 0;
        return NativeTiff.GetField(tiff, tag, &value) == 1 ? value : 0;
    }

    /// <summary>A rational; 0 where it is absent.</summary>
    public static float Rational(TiffHandle tiff, uint tag)
    {
        float value = 0;
        return NativeTiff.GetField(tiff, tag, &value) == 1 ? value : 0;
    }

    /// <summary>An array of 64-bit values, copied; null where it is absent.</summary>
    public static ulong[]? Longs(TiffHandle tiff, uint tag, int count)
    {
        ulong* values = null;
        return NativeTiff.GetField(tiff, tag, &values) == 1 && values != null ? new ReadOnlySpan<ulong>(values, count).ToArray() : null;
    }

    /// <summary>Bytes, copied; empty where they are absent.</summary>
    public static byte[] Bytes(TiffHandle tiff, uint tag)
    {
        uint count = 0;
        void* data = null;
        return NativeTiff.GetField(tiff, tag, &count, &data) == 1 && data != null ? new ReadOnlySpan<byte>(data, (int)count).ToArray() : [];
    }
}
