using OpenCvSharp;

namespace MhdNet.Tiling.Phantom;

/// <summary>Random images and outlines, a function of the generator's seed alone.</summary>
internal static class RandomFields
{
    /// <summary>A smooth field: 8-bit noise at <paramref name="grain"/> pixels, enlarged.</summary>
    public static Mat Smooth(Random random, Size size, int grain)
    {
        using var noise = Noise(random, new Size((size.Width / grain) + 2, (size.Height / grain) + 2));
        var field = new Mat();
        Cv2.Resize(noise, field, size, interpolation: InterpolationFlags.Cubic);
        return field;
    }

    /// <summary>Independent pixels; a block is repeated, since nobody sees the repetition of fine grain.</summary>
    public static Mat Grain(Random random, Size size)
    {
        const int Block = 512;
        using var block = Noise(random, new Size(Block, Block));
        using var repeated = new Mat();
        Cv2.Repeat(block, (size.Height / Block) + 1, (size.Width / Block) + 1, repeated);
        using var part = repeated[new Rect(default, size)];
        return part.Clone();
    }

    /// <summary>A filled irregular outline: 255 inside. An ellipse whose radius has six random harmonics.</summary>
    public static Mat Outline(Random random, Size size)
    {
        var harmonics = Enumerable.Range(2, 6).Select(n => (n, Amplitude: 0.16 * random.NextDouble() / Math.Sqrt(n - 1), Phase: 2 * Math.PI * random.NextDouble())).ToArray();
        var points = Enumerable.Range(0, 720).Select(i =>
        {
            var angle = i * Math.PI / 360;
            var radius = 0.88 + harmonics.Sum(h => h.Amplitude * (Math.Cos((h.n * angle) + h.Phase) - 0.4));
            return new Point(size.Width * (0.5 + (0.5 * radius * Math.Cos(angle))), size.Height * (0.5 + (0.5 * radius * Math.Sin(angle))));
        }).ToArray();
        var mask = new Mat(size, MatType.CV_8UC1, Scalar.Black);
        Cv2.FillPoly(mask, [points], Scalar.White);
        return mask;
    }

    private static Mat Noise(Random random, Size size)
    {
        var noise = new byte[size.Width * size.Height];
        random.NextBytes(noise);
        var mat = new Mat(size, MatType.CV_8UC1);
        System.Runtime.InteropServices.Marshal.Copy(noise, 0, mat.Data, noise.Length);
        return mat;
    }
}
