namespace MhdNet.Tiling.Stains;

/// <summary>Reinhard's colour transfer in Ruderman's lαβ space, with natural logarithms of RGB from 1 to 256.</summary>
internal sealed class ReinhardNormaliser : StainNormaliser
{
    // Darker than this in its darkest channel counts as tissue.
    private const int TissueBelow = 215;

    // Of a TCGA slide, as HistomicsTK uses it (TCGA-A2-A3XS-DX1).
    private static readonly double[] ReferenceMean = [8.63234435, -0.11501964, 0.03868433];

    private static readonly double[] ReferenceDeviation = [0.57506023, 0.10403329, 0.01364062];

    private readonly double[] _mean;
    private readonly double[] _gain;

    private ReinhardNormaliser(double[] mean, double[] deviation, int pixels)
    {
        _mean = mean;
        _gain = [.. deviation.Select((sigma, i) => ReferenceDeviation[i] / Math.Max(1e-6, sigma))];
        Record = new StainRecord(
            StainMethod.Reinhard,
            new Dictionary<string, double[]> { ["mean"] = ReferenceMean, ["deviation"] = ReferenceDeviation },
            new Dictionary<string, double[]> { ["mean"] = mean, ["deviation"] = deviation },
            pixels);
    }

    /// <inheritdoc/>
    public override StainRecord Record { get; }

    /// <summary>Fits mean and deviation of the tissue.</summary>
    public static ReinhardNormaliser? Fit(ReadOnlySpan<byte> rgb)
    {
        var (count, sum, squares) = (0, new double[3], new double[3]);
        for (var i = 0; i + 2 < rgb.Length; i += 3)
        {
            if (Math.Min(rgb[i], Math.Min(rgb[i + 1], rgb[i + 2])) >= TissueBelow)
            {
                continue;
            }

            var (l, a, b) = ToLab(rgb[i], rgb[i + 1], rgb[i + 2]);
            count++;
            (sum[0], sum[1], sum[2]) = (sum[0] + l, sum[1] + a, sum[2] + b);
            (squares[0], squares[1], squares[2]) = (squares[0] + (l * l), squares[1] + (a * a), squares[2] + (b * b));
        }

        if (count < FewestPixels)
        {
            return null;
        }

        double[] mean = [.. sum.Select(value => value / count)];
        return new ReinhardNormaliser(mean, [.. squares.Select((value, i) => Math.Sqrt(Math.Max(0, (value / count) - (mean[i] * mean[i]))))], count);
    }

    /// <inheritdoc/>
    public override void Apply(Span<byte> rgb)
    {
        for (var i = 0; i + 2 < rgb.Length; i += 3)
        {
            if (Math.Min(rgb[i], Math.Min(rgb[i + 1], rgb[i + 2])) >= TissueBelow)
            {
                continue; // glass stays glass
            }

            var (l, a, b) = ToLab(rgb[i], rgb[i + 1], rgb[i + 2]);
            var (red, green, blue) = ToRgb(Moved(0, l), Moved(1, a), Moved(2, b));
            (rgb[i], rgb[i + 1], rgb[i + 2]) = (ToByte(red), ToByte(green), ToByte(blue));
        }
    }

    private static (double L, double A, double B) ToLab(int red, int green, int blue)
    {
        double r = red + 1, g = green + 1, b = blue + 1;
        double l = Math.Log((0.3811 * r) + (0.5783 * g) + (0.0402 * b)), m = Math.Log((0.1967 * r) + (0.7244 * g) + (0.0782 * b)), s = Math.Log((0.0241 * r) + (0.1288 * g) + (0.8444 * b));
        return ((l + m + s) / Math.Sqrt(3), (l + m - (2 * s)) / Math.Sqrt(6), (l - m) / Math.Sqrt(2));
    }

    private static (double R, double G, double B) ToRgb(double light, double a, double b)
    {
        double x = light / Math.Sqrt(3), y = a / Math.Sqrt(6), z = b / Math.Sqrt(2);
        double l = Math.Exp(x + y + z), m = Math.Exp(x + y - z), s = Math.Exp(x - (2 * y));
        return ((4.4679 * l) - (3.5873 * m) + (0.1193 * s) - 1, (-1.2186 * l) + (2.3809 * m) - (0.1624 * s) - 1, (0.0497 * l) - (0.2439 * m) + (1.2045 * s) - 1);
    }

    private double Moved(int channel, double value) => ((value - _mean[channel]) * _gain[channel]) + ReferenceMean[channel];
}
