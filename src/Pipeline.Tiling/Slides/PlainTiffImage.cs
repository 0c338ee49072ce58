using System.Globalization;
using MhdNet.Tiling.Slides.Tiff;
using OpenCvSharp;

namespace MhdNet.Tiling.Slides;

/// <summary>
/// A TIFF or BigTIFF that OpenSlide does not take for a slide (strips, other codings), read tile by tile or strip by strip through libtiff. For one thread at a
/// time. A region that lies in strips costs their whole width.
/// </summary>
public sealed unsafe class PlainTiffImage : ISlideReader
{
    /// <summary>The largest tile or strip decoded, in pixels: 64 M, 256 MB.</summary>
    public const long MaxPiecePixels = 1 << 26;

    private readonly TiffHandle _tiff;
    private readonly PlainDirectory[] _directories;
    private uint[] _raster = [];

    private PlainTiffImage(string path, TiffHandle tiff, PlainDirectory[] directories)
    {
        (Path, _tiff, _directories) = (path, tiff, directories);
        Levels = [.. directories.Select((directory, i) => new SlideLevel(directory.Width, directory.Height, directories[0].Width / (double)directory.Width) { Stored = i })];
        NativeTiff.SetDirectory(tiff, directories[0].Index);
        Properties = ReadProperties(tiff);
    }

    /// <inheritdoc/>
    public string Path { get; }

    /// <inheritdoc/>
    public IReadOnlyList<SlideLevel> Levels { get; }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Properties { get; }

    /// <summary>Opens an image.</summary>
    /// <returns>Null where the file is no TIFF, or none that libtiff reads.</returns>
    /// <exception cref="SlideException">Its pixels are no colours, its tiles or strips are too large to be decoded one by one, or the file ends before they do.</exception>
    public static PlainTiffImage? Open(string path)
    {
        if (SystemLibraries.Load(SystemLibraries.Tiff) == 0)
        {
            return null;
        }

        var tiff = NativeTiff.Open(path, "r");
        var (directories, broken) = tiff.IsInvalid ? ([], false) : Pyramid(tiff);
        if (directories.Length == 0)
        {
            var problem = tiff.IsInvalid ? null : PlainDirectory.Problem(tiff);
            tiff.Dispose();
            return problem is null ? null : throw NoColours(path, problem);
        }

        if (directories.FirstOrDefault(directory => (long)directory.PieceWidth * directory.PieceHeight > MaxPiecePixels) is { } huge)
        {
            tiff.Dispose();
            throw new SlideException("untiled", $"{path} keeps {huge.PieceWidth} x {huge.PieceHeight} pixels in one piece, so no part of it can be read without decoding all before it. Convert it: vips tiffsave IN OUT.tif --tile --pyramid --compression jpeg --bigtiff.");
        }

        var (end, length) = (directories.Max(directory => directory.End), (ulong)SlideFile.Length(path));
        if (end > length || broken)
        {
            tiff.Dispose();
            throw new SlideException("unreadable-slide", $"{path} is cut short: {(broken ? "it names images beyond its end" : $"its pixels reach to byte {end:N0}")}, and it has {length:N0} bytes. Copy it again.");
        }

        return new PlainTiffImage(path, tiff, directories);
    }

    /// <inheritdoc/>
    public Mat ReadRegion(long x, long y, int level, int width, int height)
    {
        var directory = _directories[level];
        var (left, top) = ((long)Math.Round(x / Levels[level].Downsample), (long)Math.Round(y / Levels[level].Downsample));
        var pieces = new CellGrid(directory.PieceWidth, directory.PieceHeight, (directory.Width + directory.PieceWidth - 1) / directory.PieceWidth, (directory.Height + directory.PieceHeight - 1) / directory.PieceHeight);
        var rgb = new Mat(height, width, MatType.CV_8UC3, Scalar.All(255));
        try
        {
            NativeTiff.SetDirectory(_tiff, directory.Index);
            foreach (var piece in pieces.Covering(left, top, width, height))
            {
                Copy(directory, piece, rgb, left, top);
            }

            return rgb;
        }
        catch
        {
            rgb.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _tiff.Dispose();

    /// <summary>The error of a file whose pixels libtiff cannot turn into colours: floating point, or channels that are none.</summary>
    internal static SlideException NoColours(string path, string why) =>
        new("unsupported-pixels", $"{path} has pixels that cannot be turned into colours: {why}. Convert it to 8-bit RGB.");

    // The first image, and those after it that are the same but smaller; and whether the file breaks off before its last image.
    private static (PlainDirectory[] Directories, bool Broken) Pyramid(TiffHandle tiff)
    {
        var found = new List<PlainDirectory>();
        var index = 0u;
        do
        {
            if (PlainDirectory.Of(tiff, index) is { } directory
                && (found.Count == 0 || (directory.Width < found[^1].Width && Math.Abs((directory.Width / (double)found[0].Width / (directory.Height / (double)found[0].Height)) - 1) < 0.02)))
            {
                found.Add(directory);
            }

            if (NativeTiff.LastDirectory(tiff) != 0)
            {
                return ([.. found], false);
            }

            index++;
        }
        while (NativeTiff.ReadDirectory(tiff) == 1);
        return ([.. found], true);
    }

    private static Dictionary<string, string> ReadProperties(TiffHandle tiff) => new()
    {
        ["openslide.vendor"] = "tiff",
        ["tiff.XResolution"] = TiffFields.Rational(tiff, TiffTag.XResolution).ToString(CultureInfo.InvariantCulture),
        ["tiff.YResolution"] = TiffFields.Rational(tiff, TiffTag.YResolution).ToString(CultureInfo.InvariantCulture),
        ["tiff.ResolutionUnit"] = TiffFields.Short(tiff, TiffTag.ResolutionUnit) switch { 2 => "inch", 3 => "centimeter", _ => "none" },
    };

    private void Copy(PlainDirectory directory, Cell piece, Mat rgb, long left, long top)
    {
        var pixels = directory.PieceWidth * directory.PieceHeight;
        if (_raster.Length < pixels)
        {
            _raster = new uint[pixels];
        }

        var (pieceLeft, pieceTop) = ((long)piece.Column * directory.PieceWidth, (long)piece.Row * directory.PieceHeight);
        var rows = directory.IsTiled ? directory.PieceHeight : (int)Math.Min(directory.PieceHeight, directory.Height - pieceTop);
        fixed (uint* raster = _raster)
        {
            if ((directory.IsTiled
                ? NativeTiff.ReadRgbaTile(_tiff, (uint)pieceLeft, (uint)pieceTop, raster, 1)
                : NativeTiff.ReadRgbaStrip(_tiff, (uint)pieceTop, raster, 1)) == 0)
            {
                throw new SlideException("unreadable-slide", $"libtiff cannot read the {(directory.IsTiled ? "tile" : "strip")} at ({pieceLeft}, {pieceTop}) of image {directory.Index} of {Path}. The file may be damaged or cut short: compare its size with the original and copy it again.");
            }

            var (firstRow, endRow) = (Math.Max(top, pieceTop), Math.Min(Math.Min(top + rgb.Height, pieceTop + rows), directory.Height));
            var (fromX, toX) = (Math.Max(left, pieceLeft), Math.Min(Math.Min(left + rgb.Width, pieceLeft + directory.PieceWidth), directory.Width));
            for (var row = firstRow; row < endRow; row++)
            {
                // The last row comes first; red is in the lowest byte, and colours are multiplied by alpha.
                var source = raster + ((pieceTop + rows - 1 - row) * directory.PieceWidth) + (fromX - pieceLeft);
                var target = (byte*)rgb.Ptr((int)(row - top)) + ((fromX - left) * 3);
                for (var x = fromX; x < toX; x++, source++, target += 3)
                {
                    var white = 255 - (*source >> 24);
                    target[0] = (byte)Math.Min(255, (*source & 255) + white);
                    target[1] = (byte)Math.Min(255, ((*source >> 8) & 255) + white);
                    target[2] = (byte)Math.Min(255, ((*source >> 16) & 255) + white);
                }
            }
        }
    }
}
