namespace MhdNet.Tiling.Slides.Tiff;

/// <summary>Finds the JPEG-tiled images of a TIFF file.</summary>
internal static unsafe class JpegDirectories
{
    private const int LongestTileEdge = 4096;

    /// <summary>All of them in the file's order; empty where the file is no TIFF, or has none.</summary>
    public static IReadOnlyList<JpegDirectory> Of(string path)
    {
        using var tiff = NativeTiff.Open(path, "rm");
        if (tiff.IsInvalid)
        {
            return [];
        }

        var found = new List<JpegDirectory>();
        do
        {
            if (Read(tiff) is { } directory)
            {
                found.Add(directory);
            }
        }
        while (NativeTiff.ReadDirectory(tiff) == 1);
        return found;
    }

    private static JpegDirectory? Read(TiffHandle tiff)
    {
        var photometric = TiffFields.Short(tiff, TiffTag.Photometric);
        if (NativeTiff.IsTiled(tiff) == 0
            || TiffFields.Short(tiff, TiffTag.Compression) != TiffTag.CompressionJpeg
            || photometric is not (TiffTag.PhotometricRgb or TiffTag.PhotometricYCbCr)
            || TiffFields.Short(tiff, TiffTag.SamplesPerPixel) != 3
            || TiffFields.Short(tiff, TiffTag.BitsPerSample) != 8
            || TiffFields.Short(tiff, TiffTag.PlanarConfiguration) != 1)
        {
            return null;
        }

        var (width, height) = (TiffFields.Long(tiff, TiffTag.Width), TiffFields.Long(tiff, TiffTag.Length));
        var (tileWidth, tileHeight) = (TiffFields.Long(tiff, TiffTag.TileWidth), TiffFields.Long(tiff, TiffTag.TileLength));
        if (width is < 1 or > int.MaxValue / 2 || height is < 1 or > int.MaxValue / 2 || tileWidth is < 8 or > LongestTileEdge || tileHeight is < 8 or > LongestTileEdge)
        {
            return null;
        }

        var tiles = ((width + tileWidth - 1) / tileWidth) * ((height + tileHeight - 1) / tileHeight);
        return tiles <= int.MaxValue && TiffFields.Longs(tiff, TiffTag.TileOffsets, (int)tiles) is { } offsets && TiffFields.Longs(tiff, TiffTag.TileByteCounts, (int)tiles) is { } sizes
            ? new JpegDirectory((int)width, (int)height, (int)tileWidth, (int)tileHeight, photometric == TiffTag.PhotometricYCbCr, TiffFields.Bytes(tiff, TiffTag.JpegTables), offsets, sizes)
            : null;
    }
}
