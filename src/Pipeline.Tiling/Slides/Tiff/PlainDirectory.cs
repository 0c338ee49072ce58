using System.Runtime.InteropServices;

namespace MhdNet.Tiling.Slides.Tiff;

/// <summary>One image of a plain TIFF file, of any coding that libtiff turns into RGB.</summary>
/// <param name="Index">Its place in the file.</param>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
/// <param name="IsTiled">Tiles rather than strips.</param>
/// <param name="PieceWidth">Width of a tile; the image's where it has strips.</param>
/// <param name="PieceHeight">Height of a tile, or rows of a strip.</param>
/// <param name="End">The byte after the last one of any piece.</param>
internal sealed record PlainDirectory(uint Index, int Width, int Height, bool IsTiled, int PieceWidth, int PieceHeight, ulong End)
{
    /// <summary>Why libtiff cannot turn the first image into RGB, or null.</summary>
    public static unsafe string? Problem(TiffHandle tiff)
    {
        var message = stackalloc byte[1024];
        return NativeTiff.SetDirectory(tiff, 0) == 1 && NativeTiff.RgbaImageOk(tiff, message) == 0 ? Marshal.PtrToStringUTF8((nint)message) : null;
    }

    /// <summary>Reads the current directory.</summary>
    /// <returns>Null where libtiff cannot turn it into RGB.</returns>
    public static unsafe PlainDirectory? Of(TiffHandle tiff, uint index)
    {
        var message = stackalloc byte[1024];
        var (width, height) = (TiffFields.Long(tiff, TiffTag.Width), TiffFields.Long(tiff, TiffTag.Length));
        if (NativeTiff.RgbaImageOk(tiff, message) == 0 || width is < 1 or > int.MaxValue / 8 || height is < 1 or > int.MaxValue / 8)
        {
            return null;
        }

        var tiled = NativeTiff.IsTiled(tiff) != 0;
        var pieceWidth = tiled ? TiffFields.Long(tiff, TiffTag.TileWidth) : width;
        var pieceHeight = tiled ? TiffFields.Long(tiff, TiffTag.TileLength) : Math.Min(height, TiffFields.Long(tiff, TiffTag.RowsPerStrip));
        if (pieceWidth is < 1 or > int.MaxValue / 8 || pieceHeight < 1)
        {
            return null;
        }

        var pieces = (int)(((width + pieceWidth - 1) / pieceWidth) * ((height + pieceHeight - 1) / pieceHeight));
        var offsets = TiffFields.Longs(tiff, tiled ? TiffTag.TileOffsets : TiffTag.StripOffsets, pieces);
        var sizes = TiffFields.Longs(tiff, tiled ? TiffTag.TileByteCounts : TiffTag.StripByteCounts, pieces);
        return offsets is null || sizes is null ? null : new PlainDirectory(
            index, (int)width, (int)height, tiled, (int)pieceWidth, (int)pieceHeight, offsets.Zip(sizes, (offset, size) => size == 0 ? 0 : offset + size).Max());
    }
}
