using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MhdNet.Tiling.Tiles;

/// <summary>
/// Counts pixels with more haematoxylin than a limit, without a table: with w the first row of the inverse stain matrix, the amount exceeds the limit where
/// the sum of w log2(v + 1) over the channels falls below a constant.
/// </summary>
internal readonly struct NuclearTest
{
    private readonly (float R, float G, float B) _weights;
    private readonly Vector256<float> _below;
    private readonly Vector128<byte> _paleRed;
    private readonly Vector128<byte> _paleBlue;

    /// <summary>For a limit.</summary>
    /// <param name="above">Optical density, base 10.</param>
    public NuclearTest(double above)
    {
        var (r, g, b) = StainSeparation.HaematoxylinRow;
        _weights = (r, g, b);
        _below = Vector256.Create((float)((8.0 * (r + g + b)) - (above / Math.Log10(2))));
        _paleRed = Vector128.Create(PaleFrom(above * 2 / 3 / r));
        _paleBlue = Vector128.Create(PaleFrom(above / 3 / b));
    }

    /// <summary>How many of 16 pixels have more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Count(Vector128<byte> r, Vector128<byte> g, Vector128<byte> b)
    {
        // Where red gives at most two thirds of the limit and blue one third, no pixel exceeds it: green only takes away. Most glass and eosin ends here.
        if (Vector128.GreaterThanOrEqualAll(r, _paleRed) && Vector128.GreaterThanOrEqualAll(b, _paleBlue))
        {
            return 0;
        }

        var ((r0, r1), (g0, g1), (b0, b1)) = (Channels.Floats(r), Channels.Floats(g), Channels.Floats(b));
        return Count(r0, g0, b0) + Count(r1, g1, b1);
    }

    /// <summary>The darkest value whose optical density is at most the given one.</summary>
    private static byte PaleFrom(double density) => (byte)Math.Clamp(Math.Ceiling((256 * Math.Pow(10, -density)) - 1), 0, 255);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Count(Vector256<float> r, Vector256<float> g, Vector256<float> b)
    {
        var sum = (Log2OfNext(r) * _weights.R) + (Log2OfNext(g) * _weights.G) + (Log2OfNext(b) * _weights.B);
        return int.PopCount((int)Vector256.LessThan(sum, _below).ExtractMostSignificantBits());
    }

    // log2(v + 1), exponent and mantissa apart; the polynomial (least squares at 400 Chebyshev points) is within 1e-4, a twentieth of the step between the two brightest values.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Log2OfNext(Vector256<float> value)
    {
        var bits = (value + Vector256<float>.One).AsInt32();
        var exponent = Vector256.ConvertToSingle(Vector256.ShiftRightLogical(bits, 23) - Vector256.Create(127));
        var m = ((bits & Vector256.Create(0x7FFFFF)) | Vector256.Create(0x3F800000)).AsSingle();
        var p = Vector256.Create(-0.08001088f);
        p = Vector256.MultiplyAddEstimate(p, m, Vector256.Create(0.63551112f));
        p = Vector256.MultiplyAddEstimate(p, m, Vector256.Create(-2.09940228f));
        p = Vector256.MultiplyAddEstimate(p, m, Vector256.Create(4.04961689f));
        return Vector256.MultiplyAddEstimate(p, m, exponent + Vector256.Create(-2.50561466f));
    }
}
