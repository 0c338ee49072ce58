namespace MhdNet.Tiling.Tiles;

/// <summary>What the tile filters count and add up over the pixels of a tile.</summary>
/// <param name="White">Pixels whose darkest channel reaches the white limit.</param>
/// <param name="Saturation">Sum of the saturations, 0 to 255: 255 (max - min) / max of the channels, as in HSV.</param>
/// <param name="Nuclear">Pixels with haematoxylin above the nuclear limit.</param>
/// <param name="Laplacian">Sum of the Laplacian (4 neighbours, mirrored at the edges) of the grey image, grey = (77 R + 150 G + 29 B) / 256.</param>
/// <param name="LaplacianSquares">Sum of its squares.</param>
public readonly record struct PixelSums(long White, double Saturation, long Nuclear, long Laplacian, long LaplacianSquares);
