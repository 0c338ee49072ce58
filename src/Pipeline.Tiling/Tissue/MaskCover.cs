namespace MhdNet.Tiling.Tissue;

/// <summary>What covers a rectangle of a slide.</summary>
/// <param name="Tissue">Share that is tissue, 0 to 1.</param>
/// <param name="Artefact">Share that is a pen mark or a black edge, with the margin around it, 0 to 1.</param>
public readonly record struct MaskCover(double Tissue, double Artefact = 0);
