using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MhdNet.Tiling.Tiles;

/// <summary>Vectors of the channels of 16 interleaved RGB pixels.</summary>
internal static unsafe class Channels
{
    /// <summary>Takes 16 pixels, 48 bytes, apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector128<byte> R, Vector128<byte> G, Vector128<byte> B) Load(byte* pixels)
    {
        var (a, b, c) = (Vector128.Load(pixels), Vector128.Load(pixels + 16), Vector128.Load(pixels + 32));
        const byte No = 255; // an index beyond the vector gives 0
        var red = Vector128.Shuffle(a, Vector128.Create(0, 3, 6, 9, 12, 15, No, No, No, No, No, No, No, No, No, No))
            | Vector128.Shuffle(b, Vector128.Create(No, No, No, No, No, No, 2, 5, 8, 11, 14, No, No, No, No, No))
            | Vector128.Shuffle(c, Vector128.Create(No, No, No, No, No, No, No, No, No, No, No, 1, 4, 7, 10, 13));
        var green = Vector128.Shuffle(a, Vector128.Create(1, 4, 7, 10, 13, No, No, No, No, No, No, No, No, No, No, No))
            | Vector128.Shuffle(b, Vector128.Create(No, No, No, No, No, 0, 3, 6, 9, 12, 15, No, No, No, No, No))
            | Vector128.Shuffle(c, Vector128.Create(No, No, No, No, No, No, No, No, No, No, No, 2, 5, 8, 11, 14));
        var blue = Vector128.Shuffle(a, Vector128.Create(2, 5, 8, 11, 14, No, No, No, No, No, No, No, No, No, No, No))
            | Vector128.Shuffle(b, Vector128.Create(No, No, No, No, No, 1, 4, 7, 10, 13, No, No, No, No, No, No))
            | Vector128.Shuffle(c, Vector128.Create(No, No, No, No, No, No, No, No, No, No, 0, 3, 6, 9, 12, 15));
        return (red, green, blue);
    }

    /// <summary>Every second byte of 32, from the first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Even(Vector128<byte> first, Vector128<byte> second)
    {
        var low = Vector128.Create((ushort)255);
        return Vector128.Narrow(first.AsUInt16() & low, second.AsUInt16() & low);
    }

    /// <summary>16 bytes as 16-bit numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> Wide(Vector128<byte> bytes) => Vector256.Create(Vector128.WidenLower(bytes), Vector128.WidenUpper(bytes));

    /// <summary>16 bytes as floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector256<float> Low, Vector256<float> High) Floats(Vector128<byte> bytes)
    {
        var (low, high) = Vector256.Widen(Wide(bytes));
        return (Vector256.ConvertToSingle(low.AsInt32()), Vector256.ConvertToSingle(high.AsInt32()));
    }
}
