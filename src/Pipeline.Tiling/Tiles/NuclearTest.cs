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

    /// <summary>For a limit.</summary>
    /// <param name="above">Optical density, base 10.</param>
    public NuclearTest(double above)
    {
        var (r, g, b) = StainSeparation.HaematoxylinRow;
        _weights = (r, g, b);
        _below = Vector256.Create((float)((8.0 * (r + g + b)) - (above / Math.Log10(2))));
    }

    /// <summary>How many of 16 pixels have more.</summary>
    public int Count(Vector128<byte> r, Vector128<byte> g, Vector128<byte> b)
    {
        var ((r0, r1), (g0, g1), (b0, b1)) = (Channels.Floats(r), Channels.Floats(g), Channels.Floats(b));
        return Count(r0, g0, b0) + Count(r1, g1, b1);
    }

    private int Count(Vector256<float> r, Vector256<float> g, Vector256<float> b)
    {
        var sum = (Log2OfNext(r) * _weights.R) + (Log2OfNext(g) * _weights.G) + (Log2OfNext(b) * _weights.B);
        return int.PopCount((int)Vector256.LessThan(sum, _below).ExtractMostSignificantBits());
    }

    // log2(v + 1), exponent and mantissa apart; the polynomial (least squares at 400 Chebyshev points) is within 1.5e-5, a hundredth of the step between two grey values.
    private static Vector256<float> Log2OfNext(Vector256<float> value)
    {
        var bits = (value + Vector256<float>.One).AsInt32();
        var exponent = Vector256.ConvertToSingle(Vector256.ShiftRightLogical(bits, 23) - Vector256.Create(127));
        var m = ((bits & Vector256.Create(0x7FFFFF)) | Vector256.Create(0x3F800000)).AsSingle();
        var p = Vector256.Create(0.04392864f);
        p = Vector256.MultiplyAddEstimate(p, m, Vector256.Create(-0.40947559f));
        p = Vector256.MultiplyAddEstimate(p, m, Vector256.Create(1.61017755f));
        p = Vector256.MultiplyAddEstimate(p, m, Vector256.Create(-3.52021884f));
        p = Vector256.MultiplyAddEstimate(p, m, Vector256.Create(5.06975632f));
        return Vector256.MultiplyAddEstimate(p, m, Vector256.Create(-2.79415368f)) + exponent;
    }
}
