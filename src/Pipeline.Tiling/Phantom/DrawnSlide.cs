namespace MhdNet.Tiling.Phantom;

/// <summary>What a synthetic slide was drawn with.</summary>
/// <param name="TypeIndex">The tumour type.</param>
/// <param name="Seed">The patient's seed.</param>
/// <param name="Pattern">The patient's tissue; the type's typical one where real patches were used.</param>
/// <param name="DenseShare">Share of the tissue that is dense.</param>
/// <param name="Nuclei">Nuclei drawn in dense tissue.</param>
/// <param name="Patches">Real patches used, by file name; empty for drawn tissue.</param>
public sealed record DrawnSlide(int TypeIndex, int Seed, TissuePattern Pattern, double DenseShare, int Nuclei, IReadOnlyList<string> Patches);
