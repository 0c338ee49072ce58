namespace MhdNet.Tiling.Tiles;

/// <summary>
/// Colour deconvolution (Ruifrok &amp; Johnston, Anal Quant Cytol Histol 2001): optical densities are a sum of the stains' amounts,
/// so the amounts are the densities times the inverse of the stains' matrix.
/// </summary>
public static class StainSeparation
{
    private static readonly float[] Density = [.. Enumerable.Range(0, 256).Select(value => (float)-Math.Log10((value + 1) / 256.0))];

    /// <summary>The first row of the inverse matrix: haematoxylin in each channel's optical density.</summary>
    public static (float R, float G, float B) HaematoxylinRow { get; } = FirstRowOfInverse();

    /// <summary>The amount of haematoxylin in a pixel, as optical density, base 10.</summary>
    public static float Haematoxylin(byte r, byte g, byte b) =>
        (Density[r] * HaematoxylinRow.R) + (Density[g] * HaematoxylinRow.G) + (Density[b] * HaematoxylinRow.B);

    private static (double R, double G, double B) Unit(double r, double g, double b)
    {
        var length = Math.Sqrt((r * r) + (g * g) + (b * b));
        return (r / length, g / length, b / length);
    }

    // density = h H + e E + n N with N = H x E (what neither stain explains); h = density . (E x N) / (H . (E x N)).
    private static (float R, float G, float B) FirstRowOfInverse()
    {
        var (h, e) = (Unit(0.65, 0.70, 0.29), Unit(0.07, 0.99, 0.11));
        var row = Cross(e, Cross(h, e));
        var volume = (h.R * row.R) + (h.G * row.G) + (h.B * row.B);
        return ((float)(row.R / volume), (float)(row.G / volume), (float)(row.B / volume));
    }

    private static (double R, double G, double B) Cross((double R, double G, double B) a, (double R, double G, double B) b) =>
        ((a.G * b.B) - (a.B * b.G), (a.B * b.R) - (a.R * b.B), (a.R * b.G) - (a.G * b.R));
}
