using OpenCvSharp;

namespace MhdNet.Tiling.Stains;

/// <summary>Macenko's normalisation: a pixel's optical densities are parted into the slide's two stains, and put together again from the reference's.</summary>
internal sealed class MacenkoNormaliser : StainNormaliser
{
    private const double White = 240;
    private const double ThinnestDensity = 0.15;
    private const double Percentile = 0.01;

    // The reference of Macenko's own implementation: colours of haematoxylin and eosin, and their 99th percentiles.
    private static readonly double[] ReferenceHaematoxylin = [0.5626, 0.7201, 0.4062];

    private static readonly double[] ReferenceEosin = [0.2159, 0.8012, 0.5581];

    private static readonly double[] ReferenceStrength = [1.9705, 1.0308];

    private static readonly double[] Density = [.. Enumerable.Range(0, 256).Select(value => -Math.Log((value + 1) / White))];

    private readonly double[,] _map = new double[3, 3];

    private MacenkoNormaliser(double[] haematoxylin, double[] eosin, double[] strength, int pixels)
    {
        var part = Parting(haematoxylin, eosin);
        for (var channel = 0; channel < 3; channel++)
        {
            for (var from = 0; from < 3; from++)
            {
                _map[channel, from] = (ReferenceHaematoxylin[channel] * part[0, from] * ReferenceStrength[0] / strength[0]) + (ReferenceEosin[channel] * part[1, from] * ReferenceStrength[1] / strength[1]);
            }
        }

        Record = new StainRecord(
            StainMethod.Macenko,
            new Dictionary<string, double[]> { ["haematoxylin"] = ReferenceHaematoxylin, ["eosin"] = ReferenceEosin, ["strength"] = ReferenceStrength },
            new Dictionary<string, double[]> { ["haematoxylin"] = haematoxylin, ["eosin"] = eosin, ["strength"] = strength },
            pixels);
    }

    /// <inheritdoc/>
    public override StainRecord Record { get; }

    /// <summary>Fits the stains: the extreme directions, but for 1 %, within the plane that holds most of the densities.</summary>
    public static MacenkoNormaliser? Fit(ReadOnlySpan<byte> rgb)
    {
        var densities = new List<double[]>();
        for (var i = 0; i + 2 < rgb.Length; i += 3)
        {
            double[] density = [Density[rgb[i]], Density[rgb[i + 1]], Density[rgb[i + 2]]];
            if (density.Min() >= ThinnestDensity)
            {
                densities.Add(density);
            }
        }

        if (densities.Count < FewestPixels)
        {
            return null;
        }

        var (first, second) = Plane(densities);
        var angles = densities.Select(density => Math.Atan2(Dot(density, second), Dot(density, first))).Order().ToArray();
        var low = Direction(first, second, angles[(int)(Percentile * angles.Length)]);
        var high = Direction(first, second, angles[(int)((1 - Percentile) * angles.Length)]);
        var (haematoxylin, eosin) = low[0] > high[0] ? (low, high) : (high, low); // haematoxylin takes more red
        var part = Parting(haematoxylin, eosin);
        double[] strength = [Strength(0), Strength(1)];
        return strength.Min() > 0.05 ? new MacenkoNormaliser(haematoxylin, eosin, strength, densities.Count) : null;

        double Strength(int stain) => densities.Select(density => (part[stain, 0] * density[0]) + (part[stain, 1] * density[1]) + (part[stain, 2] * density[2])).Order().ElementAt((int)((1 - Percentile) * densities.Count));
    }

    /// <inheritdoc/>
    public override void Apply(Span<byte> rgb)
    {
        for (var i = 0; i + 2 < rgb.Length; i += 3)
        {
            double r = Density[rgb[i]], g = Density[rgb[i + 1]], b = Density[rgb[i + 2]];
            (rgb[i], rgb[i + 1], rgb[i + 2]) = (Mapped(0), Mapped(1), Mapped(2));

            byte Mapped(int channel) => ToByte((White * Math.Exp(-((_map[channel, 0] * r) + (_map[channel, 1] * g) + (_map[channel, 2] * b)))) - 1);
        }
    }

    // The two strongest eigenvectors of the covariance, turned so that tissue lies on their positive side.
    private static (double[] First, double[] Second) Plane(List<double[]> densities)
    {
        using var samples = new Mat(densities.Count, 3, MatType.CV_64FC1);
        for (var i = 0; i < densities.Count; i++)
        {
            for (var channel = 0; channel < 3; channel++)
            {
                samples.Set(i, channel, densities[i][channel]);
            }
        }

        using Mat covariance = new(), mean = new(), values = new(), vectors = new();
        Cv2.CalcCovarMatrix(samples, covariance, mean, CovarFlags.Normal | CovarFlags.Rows | CovarFlags.Scale);
        Cv2.Eigen(covariance, values, vectors);
        return (Positive(0), Positive(1));

        double[] Positive(int row)
        {
            double[] vector = [vectors.At<double>(row, 0), vectors.At<double>(row, 1), vectors.At<double>(row, 2)];
            return vector.Sum() < 0 ? [.. vector.Select(value => -value)] : vector;
        }
    }

    private static double[] Direction(double[] first, double[] second, double angle)
    {
        double[] vector = [.. first.Select((value, i) => (value * Math.Cos(angle)) + (second[i] * Math.Sin(angle)))];
        var length = Math.Sqrt(Dot(vector, vector));
        return [.. vector.Select(value => value / length)];
    }

    // The pseudo-inverse of the two stains' colours.
    private static double[,] Parting(double[] h, double[] e)
    {
        double hh = Dot(h, h), he = Dot(h, e), ee = Dot(e, e), determinant = Math.Max(1e-9, (hh * ee) - (he * he));
        var part = new double[2, 3];
        for (var i = 0; i < 3; i++)
        {
            part[0, i] = ((ee * h[i]) - (he * e[i])) / determinant;
            part[1, i] = ((hh * e[i]) - (he * h[i])) / determinant;
        }

        return part;
    }

    private static double Dot(double[] a, double[] b) => (a[0] * b[0]) + (a[1] * b[1]) + (a[2] * b[2]);
}
