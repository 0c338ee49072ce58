using MhdNet.Tiling.Slides.Tiff;
using Microsoft.Win32.SafeHandles;

namespace MhdNet.Tiling.Slides.Jpeg;

/// <summary>Reads single tiles of a file and decodes them. For one thread at a time; holds one tile's bytes.</summary>
internal sealed unsafe class JpegTileDecoder : IDisposable
{
    private const int LargestTile = 1 << 26;

    private readonly TurboJpegHandle _turbo = new();
    private byte[] _stream = new byte[1 << 17];

    /// <summary>Decodes a tile as 8-bit RGB.</summary>
    /// <param name="file">The slide's file.</param>
    /// <param name="directory">The image.</param>
    /// <param name="prefix">The image's <see cref="JpegTileStream.Prefix"/>.</param>
    /// <param name="index">The tile's number, row by row; one that is stored.</param>
    /// <param name="scale">1, 2, 4 or 8: how much smaller it is decoded; divides the tile's edges.</param>
    /// <param name="target">Where its first pixel goes.</param>
    /// <param name="pitch">Bytes from one row to the next.</param>
    /// <returns>False where the tile is damaged, if only in part; the target's pixels are then of no use.</returns>
    public bool Decode(SafeFileHandle file, JpegDirectory directory, byte[] prefix, int index, int scale, byte* target, int pitch)
    {
        if (directory.Sizes[index] is < 4 or > LargestTile)
        {
            return false;
        }

        var size = (int)directory.Sizes[index];
        var body = prefix.Length - 2; // the tile's own start marker is overwritten
        if (_stream.Length < body + size)
        {
            _stream = new byte[(body + size) * 3 / 2];
        }

        if (RandomAccess.Read(file, _stream.AsSpan(body, size), (long)directory.Offsets[index]) != size)
        {
            return false;
        }

        if (JpegTileStream.Normalise(_stream.AsSpan(body, size)) != (directory.TileWidth, directory.TileHeight))
        {
            return false;
        }

        prefix.CopyTo(_stream, 0);
        fixed (byte* jpeg = _stream)
        {
            return NativeTurboJpeg.Decompress(_turbo.DangerousGetHandle(), jpeg, (nuint)(body + size), target, directory.TileWidth / scale, pitch, directory.TileHeight / scale, NativeTurboJpeg.Rgb, 0) == 0;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turbo.Dispose();
}
