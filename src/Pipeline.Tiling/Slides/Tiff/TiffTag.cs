namespace MhdNet.Tiling.Slides.Tiff;

/// <summary>Tags and values of TIFF 6.0 and its technical note 2 (JPEG), by their numbers.</summary>
internal static class TiffTag
{
    public const uint SubfileType = 254;
    public const uint Width = 256;
    public const uint Length = 257;
    public const uint BitsPerSample = 258;
    public const uint Compression = 259;
    public const uint Photometric = 262;
    public const uint SamplesPerPixel = 277;
    public const uint RowsPerStrip = 278;
    public const uint XResolution = 282;
    public const uint YResolution = 283;
    public const uint PlanarConfiguration = 284;
    public const uint ResolutionUnit = 296;
    public const uint TileWidth = 322;
    public const uint TileLength = 323;
    public const uint StripOffsets = 273;
    public const uint StripByteCounts = 279;
    public const uint TileOffsets = 324;
    public const uint TileByteCounts = 325;
    public const uint JpegTables = 347;

    public const ushort CompressionNone = 1;
    public const ushort CompressionJpeg = 7;
    public const ushort PhotometricRgb = 2;
    public const ushort PhotometricYCbCr = 6;
}
