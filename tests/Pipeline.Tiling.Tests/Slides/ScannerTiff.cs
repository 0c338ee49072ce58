using System.Runtime.InteropServices;
using System.Text;

namespace MhdNet.Tiling.Tests.Slides;

/// <summary>Writes pyramids of JPEG tiles through the system's libtiff, as scanners do.</summary>
internal sealed unsafe class ScannerTiff : IDisposable
{
    private const uint Subfile = 254, Width = 256, Length = 257, Bits = 258, Compression = 259, Photometric = 262, Description = 270, Samples = 277, Planar = 284, Software = 305, TileWidth = 322, TileLength = 323, Subsampling = 530;
    private const uint JpegQuality = 65537, JpegColourMode = 65538, JpegTablesMode = 65539;

    private static readonly nint Library = NativeLibrary.TryLoad("libtiff.so.6", out var six) ? six : NativeLibrary.Load("libtiff.so.5");

    // Variadic in C; integers and pointers are passed the same way as in a plain call.
    private static readonly delegate* unmanaged<nint, uint, nint, int> SetField = (delegate* unmanaged<nint, uint, nint, int>)NativeLibrary.GetExport(Library, "TIFFSetField");
    private static readonly delegate* unmanaged<nint, uint, nint, nint, int> SetFields = (delegate* unmanaged<nint, uint, nint, nint, int>)NativeLibrary.GetExport(Library, "TIFFSetField");
    private static readonly delegate* unmanaged<nint, uint, byte*, nint, nint> WriteTile = (delegate* unmanaged<nint, uint, byte*, nint, nint>)NativeLibrary.GetExport(Library, "TIFFWriteEncodedTile");
    private static readonly delegate* unmanaged<nint, int> WriteDirectory = (delegate* unmanaged<nint, int>)NativeLibrary.GetExport(Library, "TIFFWriteDirectory");
    private static readonly delegate* unmanaged<nint, void> Close = (delegate* unmanaged<nint, void>)NativeLibrary.GetExport(Library, "TIFFClose");

    private readonly ScannerFormat _format;
    private readonly nint _tiff;
    private bool _first = true;

    /// <summary>Begins a BigTIFF.</summary>
    public ScannerTiff(string path, ScannerFormat format)
    {
        _format = format;
        fixed (byte* file = Encoding.UTF8.GetBytes(path + "\0"), mode = "w8\0"u8)
        {
            _tiff = ((delegate* unmanaged<byte*, byte*, nint>)NativeLibrary.GetExport(Library, "TIFFOpen"))(file, mode);
        }

        Require(_tiff != 0, $"open {path}");
    }

    /// <summary>Writes the next image.</summary>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <param name="tile">The pixels of the tile at a column and row, RGB, of the whole tile also where it reaches beyond the image; null: none is stored.</param>
    public void Level(int width, int height, Func<int, int, byte[]?> tile)
    {
        (uint, int)[] fields =
        [
            (Width, width), (Length, height), (Bits, 8), (Samples, 3), (Planar, 1), (TileWidth, _format.Tile), (TileLength, _format.Tile), (Compression, 7),
            (Photometric, _format.Subsampling is null ? 2 : 6), (JpegQuality, _format.Quality), (JpegTablesMode, _format.SharesTables ? 3 : 0), (Subfile, _first ? 0 : 1),
        ];
        foreach (var (tag, value) in fields)
        {
            Require(SetField(_tiff, tag, value) == 1, $"set tag {tag}");
        }

        if (_format.Subsampling is var (across, down))
        {
            Require(SetField(_tiff, JpegColourMode, 1) == 1 && SetFields(_tiff, Subsampling, across, down) == 1, "set the subsampling");
        }

        Text(Description, _first ? _format.Description : "");
        Text(Software, _format.Software);
        _first = false;
        var (columns, rows) = ((width + _format.Tile - 1) / _format.Tile, (height + _format.Tile - 1) / _format.Tile);
        for (var i = 0; i < columns * rows; i++)
        {
            if (tile(i % columns, i / columns) is { } pixels)
            {
                fixed (byte* start = pixels)
                {
                    Require(WriteTile(_tiff, (uint)i, start, pixels.Length) > 0, $"write tile {i}");
                }
            }
        }

        Require(WriteDirectory(_tiff) == 1, "write the directory");
    }

    /// <inheritdoc/>
    public void Dispose() => Close(_tiff);

    private static void Require(bool done, string what)
    {
        if (!done)
        {
            throw new InvalidOperationException($"libtiff cannot {what}");
        }
    }

    private void Text(uint tag, string text)
    {
        if (text.Length > 0)
        {
            fixed (byte* start = Encoding.UTF8.GetBytes(text + "\0"))
            {
                Require(SetField(_tiff, tag, (nint)start) == 1, $"set tag {tag}");
            }
        }
    }
}
