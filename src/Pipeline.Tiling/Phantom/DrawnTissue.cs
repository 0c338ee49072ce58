using OpenCvSharp;

namespace MhdNet.Tiling.Phantom;

/// <summary>Draws a whole synthetic slide: glass, stroma, fat, and dense tumour tissue.</summary>
internal static class DrawnTissue
{
    /// <summary>Draws it.</summary>
    /// <returns>8-bit RGB at 0.5 µm, and what was drawn.</returns>
    public static (Mat Rgb, double DenseShare, int Nuclei) Draw(TissuePattern pattern, Size size, Random random)
    {
        using var planes = new StainPlanes(size);
        using var tissue = RandomFields.Outline(random, size);
        using var lobules = RandomFields.Smooth(random, size, 420);
        using var direction = RandomFields.Smooth(random, size, 900);
        using var nests = RandomFields.Smooth(random, size, 110);
        using Mat dense = new(), stroma = new();
        Cv2.Threshold(lobules, dense, 96, 255, ThresholdTypes.Binary);
        Cv2.BitwiseAnd(dense, tissue, dense);
        Cv2.Subtract(tissue, dense, stroma);

        planes.Eosin.SetTo(StainPlanes.Amount(0.42), stroma);
        planes.Eosin.SetTo(StainPlanes.Amount(pattern.Eosin), dense);
        planes.Haematoxylin.SetTo(StainPlanes.Amount(0.06), tissue);
        Septa(planes.Eosin, dense, nests, pattern.Nesting);
        Fibres(planes.Eosin, stroma, direction, random);
        CellPainter.Stroma(planes, stroma, direction, random);
        var nuclei = CellPainter.Dense(planes, pattern, dense, direction, nests, random);
        Fat(planes, stroma, lobules, random);
        Trim(planes, tissue);
        Cv2.Blur(planes.Haematoxylin, planes.Haematoxylin, new Size(3, 3));
        Cv2.Blur(planes.Eosin, planes.Eosin, new Size(5, 5));
        Texture(planes, tissue, random);
        var rgb = planes.ToRgb();
        Shade(rgb, random);
        return (rgb, Cv2.CountNonZero(dense) / (double)Math.Max(1, Cv2.CountNonZero(tissue)), nuclei);
    }

    // Fibres and cells drawn near the edge reach beyond it.
    private static void Trim(StainPlanes planes, Mat tissue)
    {
        Cv2.BitwiseAnd(planes.Haematoxylin, tissue, planes.Haematoxylin);
        Cv2.BitwiseAnd(planes.Eosin, tissue, planes.Eosin);
    }

    private static void Septa(Mat eosin, Mat dense, Mat nests, double nesting)
    {
        using var between = new Mat();
        Cv2.Threshold(nests, between, (nesting * 110) - 1, 255, ThresholdTypes.BinaryInv);
        Cv2.BitwiseAnd(between, dense, between);
        eosin.SetTo(StainPlanes.Amount(0.30), between);
    }

    private static void Fibres(Mat eosin, Mat stroma, Mat direction, Random random)
    {
        int width = stroma.Width, height = stroma.Height;
        for (var i = 0; i < 5000; i++)
        {
            int x = random.Next(width), y = random.Next(height);
            var angle = (direction.At<byte>(y, x) * Math.PI / 128) + (0.3 * (random.NextDouble() - 0.5));
            var reach = 60 + (140 * random.NextDouble());
            var amount = StainPlanes.Amount(0.22 + (0.4 * random.NextDouble()));
            if (stroma.At<byte>(y, x) > 0)
            {
                Cv2.Line(eosin, new Point(x, y), new Point(x + (reach * Math.Cos(angle)), y + (reach * Math.Sin(angle))), amount, 2 + random.Next(4));
            }
        }
    }

    // Fat: clear round cells with thin walls, where the tissue is sparsest.
    private static void Fat(StainPlanes planes, Mat stroma, Mat lobules, Random random)
    {
        int width = stroma.Width, height = stroma.Height;
        for (var i = 0; i < 1500; i++)
        {
            int x = random.Next(width), y = random.Next(height), radius = 45 + random.Next(40);
            if (stroma.At<byte>(y, x) > 0 && lobules.At<byte>(y, x) < 55)
            {
                Cv2.Circle(planes.Haematoxylin, x, y, radius, Scalar.Black, -1);
                Cv2.Circle(planes.Eosin, x, y, radius, Scalar.Black, -1);
                Cv2.Circle(planes.Eosin, x, y, radius, StainPlanes.Amount(0.3), 3);
            }
        }
    }

    private static void Texture(StainPlanes planes, Mat tissue, Random random)
    {
        using Mat grain = RandomFields.Grain(random, tissue.Size()), patchy = RandomFields.Smooth(random, tissue.Size(), 24);
        using Mat inside = new(), scaled = new();
        Cv2.Min(planes.Eosin, 1, inside);
        Cv2.AddWeighted(grain, 0.07, patchy, 0.09, 0, scaled);
        Cv2.Multiply(scaled, inside, scaled);
        Cv2.Add(planes.Eosin, scaled, planes.Eosin);
        Cv2.ConvertScaleAbs(grain, grain, 0.05);
        Cv2.Multiply(grain, inside, grain);
        Cv2.Add(planes.Haematoxylin, grain, planes.Haematoxylin);
    }

    // The lamp is never quite even, and the camera never quite quiet.
    private static void Shade(Mat rgb, Random random)
    {
        using Mat grain = RandomFields.Grain(random, rgb.Size()), lamp = RandomFields.Smooth(random, rgb.Size(), 1500), shade = new(), colour = new();
        Cv2.AddWeighted(grain, 0.012, lamp, 0.035, 0, shade);
        Cv2.Merge([shade, shade, shade], colour);
        Cv2.Subtract(rgb, colour, rgb);
    }
}
