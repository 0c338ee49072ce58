namespace MhdNet.Tiling.Tests.Slides;

/// <summary>How a scanner writes its TIFF files.</summary>
/// <param name="Tile">Edge of a stored tile; a multiple of 16.</param>
/// <param name="Quality">JPEG quality, 1 to 100.</param>
/// <param name="Subsampling">Of YCbCr: pixels a chroma sample stands for, across and down; null: the channels are stored as RGB, and no marker says so.</param>
internal sealed record ScannerFormat(int Tile, int Quality, (int Across, int Down)? Subsampling)
{
    /// <summary>Aperio: 240-pixel tiles, RGB, quality 70.</summary>
    public static ScannerFormat Aperio(int width, int height, string mpp) => new(240, 70, null)
    {
        Description = FormattableString.Invariant($"Aperio Image Library v11.2.1\r\n{width}x{height} (240x240) JPEG/RGB Q=70|AppMag = 20|MPP = {mpp}"),
    };

    /// <summary>The first image's description, by which OpenSlide tells the scanner; empty: none.</summary>
    public string Description { get; init; } = "";

    /// <summary>The software tag; empty: none.</summary>
    public string Software { get; init; } = "";

    /// <summary>Whether quantisation and Huffman tables are stored once for all tiles, or with each.</summary>
    public bool SharesTables { get; init; } = true;
}
