using OpenCvSharp;

namespace MhdNet.Tiling.Phantom;

/// <summary>Amounts of haematoxylin and eosin, and the colours that they make by Beer and Lambert's law, with the stains' reference colours of Macenko et al. (ISBI 2009).</summary>
internal sealed unsafe class StainPlanes(Size size) : IDisposable
{
    private const double Unit = 1 / 128.0;
    private const double Glass = 243;

    private static readonly byte[] Colours = Table();

    /// <summary>Optical density of haematoxylin, 128 for 1.</summary>
    public Mat Haematoxylin { get; } = new(size, MatType.CV_8UC1, Scalar.Black);

    /// <summary>Optical density of eosin, 128 for 1.</summary>
    public Mat Eosin { get; } = new(size, MatType.CV_8UC1, Scalar.Black);

    /// <summary>An optical density as a plane's value.</summary>
    public static Scalar Amount(double density) => new(Math.Clamp(Math.Round(density / Unit), 0, 255));

    /// <summary>The slide's colours.</summary>
    /// <returns>8-bit RGB.</returns>
    public Mat ToRgb()
    {
        int width = size.Width, height = size.Height;
        var rgb = new Mat(size, MatType.CV_8UC3);
        fixed (byte* colours = Colours)
        {
            for (var y = 0; y < height; y++)
            {
                byte* h = (byte*)Haematoxylin.Ptr(y), e = (byte*)Eosin.Ptr(y), target = (byte*)rgb.Ptr(y);
                for (var x = 0; x < width; x++, target += 3)
                {
                    var colour = colours + (((h[x] << 8) | e[x]) * 3);
                    (target[0], target[1], target[2]) = (colour[0], colour[1], colour[2]);
                }
            }
        }

        return rgb;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Haematoxylin.Dispose();
        Eosin.Dispose();
    }

    private static byte[] Table()
    {
        var h = (R: 0.5626, G: 0.7201, B: 0.4062);
        var e = (R: 0.2159, G: 0.8012, B: 0.5581);
        var table = new byte[256 * 256 * 3];
        for (var i = 0; i < 256 * 256; i++)
        {
            var (amountH, amountE) = ((i >> 8) * Unit, (i & 255) * Unit);
            table[i * 3] = Light((amountH * h.R) + (amountE * e.R));
            table[(i * 3) + 1] = Light((amountH * h.G) + (amountE * e.G));
            table[(i * 3) + 2] = Light((amountH * h.B) + (amountE * e.B));
        }

        return table;
    }

    private static byte Light(double density) => (byte)Math.Round(Glass * Math.Pow(10, -density));
}
