using OpenCvSharp;

namespace MhdNet.Tiling.Phantom;

/// <summary>Draws nuclei into the stain planes.</summary>
internal static class CellPainter
{
    private const double PixelsPerUm = 2;
    private const double LymphocyteUm = 6.5;
    private const int Shift = 3;

    /// <summary>Fills dense tissue with the pattern's cells.</summary>
    /// <param name="planes">Where to.</param>
    /// <param name="pattern">The cells.</param>
    /// <param name="dense">255 where they may lie.</param>
    /// <param name="direction">Direction of the bundles: 0 to 255 for 0 to 360 degrees.</param>
    /// <param name="nests">Field that parts nests from what lies between.</param>
    /// <param name="random">The patient's generator.</param>
    /// <returns>How many were drawn.</returns>
    public static int Dense(StainPlanes planes, TissuePattern pattern, Mat dense, Mat direction, Mat nests, Random random)
    {
        var drawn = 0;
        foreach (var (x, y) in Places(dense, pattern.DensityPerMm2, random))
        {
            if (nests.At<byte>(y, x) < pattern.Nesting * 110)
            {
                continue;
            }

            drawn++;
            if (random.NextDouble() < pattern.LymphocyteShare)
            {
                Nucleus(planes.Haematoxylin, x, y, LymphocyteUm, 1.05, random.Next(360), 1.15);
                continue;
            }

            var bundle = direction.At<byte>(y, x) * 360 / 256.0;
            var angle = bundle + ((1 - pattern.Alignment) * 360 * random.NextDouble()) + (14 * Normal(random));
            var length = pattern.NucleusUm * Math.Max(0.5, 1 + (pattern.SizeVariation * Normal(random)));
            var dark = pattern.Haematoxylin * (1 + (0.10 * Normal(random)));
            Nucleus(planes.Haematoxylin, x, y, length, pattern.Aspect, angle, dark);
            if (length > 11 && pattern.Aspect < 2)
            {
                Vesicle(planes.Haematoxylin, x, y, length, pattern.Aspect, angle, dark);
            }
        }

        return drawn;
    }

    /// <summary>Fills stroma with few thin dark nuclei.</summary>
    public static void Stroma(StainPlanes planes, Mat stroma, Mat direction, Random random)
    {
        foreach (var (x, y) in Places(stroma, 350, random))
        {
            Nucleus(planes.Haematoxylin, x, y, 13, 5, (direction.At<byte>(y, x) * 360 / 256.0) + (20 * Normal(random)), 0.75);
        }
    }

    // A jittered grid: cells neither overlap much nor lie in rows.
    private static IEnumerable<(int X, int Y)> Places(Mat mask, double perMm2, Random random)
    {
        var step = PixelsPerUm * 1000 / Math.Sqrt(perMm2);
        int width = mask.Width, height = mask.Height;
        for (var top = 0.0; top < height; top += step)
        {
            for (var left = 0.0; left < width; left += step)
            {
                int x = (int)(left + (step * random.NextDouble())), y = (int)(top + (step * random.NextDouble()));
                if (x < width && y < height && mask.At<byte>(y, x) > 127)
                {
                    yield return (x, y);
                }
            }
        }
    }

    private static void Nucleus(Mat plane, int x, int y, double lengthUm, double aspect, double angle, double density) =>
        Fill(plane, x, y, lengthUm, lengthUm / aspect, angle, density);

    // A pale inside with a dark rim and a nucleolus.
    private static void Vesicle(Mat plane, int x, int y, double lengthUm, double aspect, double angle, double density)
    {
        Fill(plane, x, y, lengthUm - 3, (lengthUm / aspect) - 3, angle, density * 0.6);
        Fill(plane, x + 2, y - 1, 3, 3, 0, density * 1.3);
    }

    private static void Fill(Mat plane, int x, int y, double lengthUm, double widthUm, double angle, double density) => Cv2.Ellipse(
        plane, new Point(x << Shift, y << Shift), new Size(Sub(lengthUm), Sub(widthUm)), angle, 0, 360, StainPlanes.Amount(density), -1, LineTypes.Link8, Shift);

    // Half an axis in 1/8 pixels.
    private static int Sub(double um) => Math.Max(4, (int)Math.Round(um * PixelsPerUm / 2 * (1 << Shift)));

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
