using MhdNet.Tiling.Stains;

namespace MhdNet.Tiling.Tests.Stains;

public sealed class StainNormaliserTests
{
    private static readonly double[] Haematoxylin = [0.65, 0.70, 0.29];

    private static readonly double[] Eosin = [0.09, 0.95, 0.28];

    [Fact]
    public void Macenko_finds_the_stains_that_pixels_were_mixed_from()
    {
        var record = StainNormaliser.Fit(StainMethod.Macenko, Mixed(1))!.Record;
        Assert.InRange(Cosine(record.Slide["haematoxylin"], Haematoxylin), 0.99, 1.0001);
        Assert.InRange(Cosine(record.Slide["eosin"], Eosin), 0.98, 1.0001);
        Assert.Equal(StainMethod.Macenko, record.Method);
    }

    [Theory]
    [InlineData(StainMethod.Macenko, 15)]
    [InlineData(StainMethod.Reinhard, 16)]
    public void A_pale_and_a_strong_slide_come_out_alike(StainMethod method, double most)
    {
        byte[] pale = Mixed(0.6), strong = Mixed(1.2);
        var before = Distance(pale, strong);
        StainNormaliser.Fit(method, pale)!.Apply(pale);
        StainNormaliser.Fit(method, strong)!.Apply(strong);
        Assert.InRange(before, 30, 100);
        Assert.InRange(Distance(pale, strong), 0, most);
    }

    [Theory]
    [InlineData(StainMethod.Reinhard)]
    [InlineData(StainMethod.Macenko)]
    public void Glass_alone_gives_nothing_to_fit_to(StainMethod method)
    {
        var glass = new byte[30_000];
        Array.Fill(glass, (byte)243);
        Assert.Null(StainNormaliser.Fit(method, glass));
    }

    private static byte[] Mixed(double strength)
    {
        var random = new Random(5);
        var pixels = new byte[30_000];
        for (var i = 0; i < pixels.Length; i += 3)
        {
            double h = 1.3 * strength * Math.Pow(random.NextDouble(), 2), e = 0.7 * strength * random.NextDouble();
            for (var channel = 0; channel < 3; channel++)
            {
                pixels[i + channel] = (byte)Math.Clamp((240 * Math.Exp(-((h * Haematoxylin[channel]) + (e * Eosin[channel])))) - 1, 0, 255);
            }
        }

        return pixels;
    }

    private static double Distance(byte[] a, byte[] b) => a.Zip(b, (x, y) => Math.Abs(x - y)).Average();

    private static double Cosine(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum() / Math.Sqrt(a.Sum(x => x * x) * b.Sum(x => x * x));
}
