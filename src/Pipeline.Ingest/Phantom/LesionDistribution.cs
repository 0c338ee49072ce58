namespace MhdNet.Ingest.Phantom;

/// <summary>From what the lesions of one synthetic tumour type are drawn. Means differ between types by about one and a half deviations at the most: types overlap, as they do in patients.</summary>
/// <param name="DiameterMm">Mean diameter; deviation 8 mm.</param>
/// <param name="Elongation">Mean ratio of the longest to the shortest axis; deviation 0.12.</param>
/// <param name="Lobulation">Mean height of the lobes as a share of the radius; deviation 0.05. 0 is a smooth ellipsoid.</param>
/// <param name="DensityHu">Mean density; deviation 10 HU.</param>
/// <param name="TextureHu">Mean amplitude of the inner texture; deviation 5 HU.</param>
/// <param name="TextureMm">Mean grain of the texture; deviation 1.2 mm.</param>
/// <param name="CalcificationShare">Share of lesions with calcified specks.</param>
/// <param name="NecrosisShare">Share of lesions with a core of low density.</param>
public sealed record LesionDistribution(
    double DiameterMm, double Elongation, double Lobulation, double DensityHu, double TextureHu, double TextureMm, double CalcificationShare, double NecrosisShare);
