namespace MhdNet.Ingest.Phantom;

/// <summary>One lesion as drawn from its type's distribution.</summary>
/// <param name="DiameterMm">Diameter of the sphere that was stretched and lobed.</param>
/// <param name="Elongation">Ratio of the longest to the shortest axis.</param>
/// <param name="Lobulation">Height of the lobes as a share of the radius.</param>
/// <param name="DensityHu">Mean density.</param>
/// <param name="TextureHu">Amplitude of the inner texture.</param>
/// <param name="TextureMm">Grain of the texture.</param>
/// <param name="Calcified">Whether there are calcified specks.</param>
/// <param name="Necrotic">Whether the core is of low density.</param>
public sealed record LesionDrawing(
    double DiameterMm, double Elongation, double Lobulation, double DensityHu, double TextureHu, double TextureMm, bool Calcified, bool Necrotic)
{
    internal static LesionDrawing From(LesionDistribution d, Random random) => new(
        Math.Max(18, random.Around(d.DiameterMm, 8)),
        Math.Max(1, random.Around(d.Elongation, 0.12)),
        Math.Max(0, random.Around(d.Lobulation, 0.05)),
        random.Around(d.DensityHu, 10),
        Math.Max(2, random.Around(d.TextureHu, 5)),
        Math.Max(2, random.Around(d.TextureMm, 1.2)),
        random.NextDouble() < d.CalcificationShare,
        random.NextDouble() < d.NecrosisShare);
}
