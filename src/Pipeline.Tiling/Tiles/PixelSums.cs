namespace MhdNet.Tiling.Tiles;

/// <summary>
/// What the tile filters count and add up: focus over all pixels of a tile, colours over every second pixel of every second row. What colour tells (nuclei, fat, blood)
/// is many pixels large, so a quarter of them says the same.
/// </summary>
/// <param name="White">Such pixels whose darkest channel reaches the white limit.</param>
/// <param name="Saturation">Sum of the saturations, 0 to 255: 255 (max - min) / max of the channels, as in HSV.</param>
/// <param name="Nuclear">Such pixels with haematoxylin above the nuclear limit.</param>
/// <param name="Laplacian">Sum of the Laplacian (4 neighbours, mirrored at the edges) of the grey image, grey = (77 R + 150 G + 29 B) / 256.</param>
/// <param name="LaplacianSquares">Sum of its squares.</param>
public readonly record struct PixelSums(long White, double Saturation, long Nuclear, long Laplacian, long LaplacianSquares);
