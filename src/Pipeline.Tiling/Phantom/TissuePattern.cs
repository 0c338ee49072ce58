namespace MhdNet.Tiling.Phantom;

/// <summary>What the tumour tissue of a synthetic slide looks like.</summary>
/// <param name="Name">A word for people.</param>
/// <param name="NucleusUm">Length of a tumour cell's nucleus in µm.</param>
/// <param name="Aspect">Its length over its width.</param>
/// <param name="DensityPerMm2">Nuclei in a square millimetre of dense tissue.</param>
/// <param name="LymphocyteShare">Share of the nuclei that are lymphocytes: round, 6.5 µm, dark.</param>
/// <param name="Haematoxylin">Optical density of a tumour nucleus.</param>
/// <param name="Eosin">Optical density of the cytoplasm.</param>
/// <param name="Alignment">0: nuclei lie in any direction; 1: in bundles.</param>
/// <param name="Nesting">0: sheets; 1: nests with stroma between.</param>
/// <param name="SizeVariation">Standard deviation of the nuclei's length, as a share of the mean.</param>
public sealed record TissuePattern(
    string Name, double NucleusUm, double Aspect, double DensityPerMm2, double LymphocyteShare, double Haematoxylin, double Eosin, double Alignment, double Nesting, double SizeVariation);
