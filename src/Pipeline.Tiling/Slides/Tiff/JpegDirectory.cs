namespace MhdNet.Tiling.Slides.Tiff;

/// <summary>One image of a TIFF file, cut into JPEG tiles of three 8-bit samples.</summary>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
/// <param name="TileWidth">Width of a stored tile; those at the right edge reach beyond the image.</param>
/// <param name="TileHeight">Height of a stored tile.</param>
/// <param name="IsYCbCr">Whether the samples are YCbCr rather than RGB. What the tiles' own markers say does not count.</param>
/// <param name="Tables">The shared quantisation and Huffman tables, an abbreviated JPEG stream; empty where each tile has its own.</param>
/// <param name="Offsets">Where each tile begins in the file, row by row.</param>
/// <param name="Sizes">Bytes of each tile; 0 where none is stored.</param>
internal sealed record JpegDirectory(int Width, int Height, int TileWidth, int TileHeight, bool IsYCbCr, byte[] Tables, ulong[] Offsets, ulong[] Sizes)
{
    /// <summary>Tiles in a row.</summary>
    public int Columns { get; } = (Width + TileWidth - 1) / TileWidth;

    /// <summary>Rows of tiles.</summary>
    public int Rows { get; } = (Height + TileHeight - 1) / TileHeight;

    /// <summary>The byte after the last one of any tile.</summary>
    public ulong End { get; } = Offsets.Zip(Sizes, (offset, size) => size == 0 ? 0 : offset + size).DefaultIfEmpty().Max();

    /// <summary>Whether places without a tile exist.</summary>
    public bool IsSparse { get; } = Array.IndexOf(Sizes, 0UL) >= 0;
}
