using System.Collections.Concurrent;
using MhdNet.Tiling.Slides.Jpeg;
using MhdNet.Tiling.Slides.Tiff;
using Microsoft.Win32.SafeHandles;
using OpenCvSharp;

namespace MhdNet.Tiling.Slides;

/// <summary>
/// A slide whose pyramid is JPEG tiles in a TIFF file (Aperio, Philips, generic), read without OpenSlide: each stored tile is decoded straight to where it is
/// wanted. Its levels are OpenSlide's, followed by those with tiles decoded at a half, a quarter and an eighth. Reading is thread safe. Pixels equal OpenSlide's.
/// </summary>
public sealed unsafe class TiledJpegSlide : ISlideReader
{
    private static readonly int[] Scales = [2, 4, 8];

    private readonly SafeFileHandle _file;
    private readonly JpegDirectory[] _directories;
    private readonly byte[][] _prefixes;
    private readonly DrawnCells? _drawn;
    private readonly ConcurrentBag<JpegTileDecoder> _decoders = [];
    private int _decoded;

    private TiledJpegSlide(ISlideReader opened, JpegDirectory[] directories, bool drawsMissing)
    {
        (Path, Properties, _directories) = (opened.Path, opened.Properties, directories);
        _prefixes = [.. directories.Select(directory => JpegTileStream.Prefix(directory.Tables, directory.IsYCbCr))];
        Levels = [.. opened.Levels, .. opened.Levels.SelectMany(Reduced)];
        _drawn = drawsMissing ? new DrawnCells(opened, directories) : null;
        _file = File.OpenHandle(Path, options: FileOptions.RandomAccess);
    }

    /// <inheritdoc/>
    public string Path { get; }

    /// <inheritdoc/>
    public IReadOnlyList<SlideLevel> Levels { get; }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Properties { get; }

    /// <summary>How many stored tiles were decoded so far.</summary>
    public int Decoded => _decoded;

    /// <summary>Opens the tiles of a slide that was opened already.</summary>
    /// <param name="opened">The slide; not needed any more afterwards.</param>
    /// <returns>Null where the slide is of another kind, or libtiff or libturbojpeg is missing.</returns>
    /// <exception cref="SlideException">The file ends before its tiles do.</exception>
    public static TiledJpegSlide? Of(ISlideReader opened)
    {
        if (!SystemLibraries.CanDecodeTiles)
        {
            return null;
        }

        var found = JpegDirectories.Of(opened.Path);
        var vendor = opened.Properties.GetValueOrDefault("openslide.vendor");
        var matched = opened.Levels.Select((level, i) => found.FirstOrDefault(directory => directory.Width == level.Width && directory.Height == level.Height)
            ?? (vendor == "philips" ? Padded(found, i, level) : null)).ToList();
        if (matched.Any(directory => directory is null))
        {
            return null;
        }

        JpegDirectory[] directories = [.. matched.OfType<JpegDirectory>()];
        var (end, length) = (directories.Max(directory => directory.End), (ulong)SlideFile.Length(opened.Path));
        return end <= length
            ? new TiledJpegSlide(opened, directories, drawsMissing: vendor == "aperio" && directories.Any(directory => directory.IsSparse))
            : throw new SlideException("unreadable-slide", $"{opened.Path} is cut short: its tiles reach to byte {end:N0}, and it has {length:N0}. Copy it again.");
    }

    /// <summary>How the tiles of a level lie, in pixels of that level.</summary>
    public CellGrid Cells(int level)
    {
        var directory = _directories[Levels[level].Stored];
        return new CellGrid(directory.TileWidth / Levels[level].Scale, directory.TileHeight / Levels[level].Scale, directory.Columns, directory.Rows);
    }

    /// <summary>Decodes one stored tile as 8-bit RGB; one that is not stored is white, or what OpenSlide draws there.</summary>
    /// <param name="level">The level.</param>
    /// <param name="cell">The tile.</param>
    /// <param name="target">Where its first pixel goes.</param>
    /// <param name="pitch">Bytes from one row to the next.</param>
    /// <returns>False where it is damaged.</returns>
    public bool Decode(int level, Cell cell, byte* target, int pitch)
    {
        var (stored, scale) = (Levels[level].Stored, Levels[level].Scale);
        var directory = _directories[stored];
        var index = (cell.Row * directory.Columns) + cell.Column;
        if (_drawn?.Has(stored, index) == true)
        {
            return _drawn.Draw(stored, cell, scale, target, pitch);
        }

        if (directory.Sizes[index] == 0)
        {
            for (var y = 0; y < directory.TileHeight / scale; y++)
            {
                new Span<byte>(target + ((long)y * pitch), directory.TileWidth / scale * 3).Fill(255);
            }

            return true;
        }

        Interlocked.Increment(ref _decoded);
        var decoder = _decoders.TryTake(out var idle) ? idle : new JpegTileDecoder();
        try
        {
            return decoder.Decode(_file, directory, _prefixes[stored], index, scale, target, pitch);
        }
        finally
        {
            _decoders.Add(decoder);
        }
    }

    /// <inheritdoc/>
    public Mat ReadRegion(long x, long y, int level, int width, int height) => ReadRegion(x, y, level, width, height, damaged: null);

    /// <summary>As the other, but a damaged cell has a colour.</summary>
    /// <param name="x">Left edge in level-0 pixels.</param>
    /// <param name="y">Upper edge in level-0 pixels.</param>
    /// <param name="level">The level to read.</param>
    /// <param name="width">Width in pixels of that level.</param>
    /// <param name="height">Height in pixels of that level.</param>
    /// <param name="damaged">The colour, in the order red, green, blue; null: a damaged cell is an error.</param>
    public Mat ReadRegion(long x, long y, int level, int width, int height, Scalar? damaged)
    {
        var (left, top) = ((long)Math.Round(x / Levels[level].Downsample), (long)Math.Round(y / Levels[level].Downsample));
        var cells = Cells(level);
        var rgb = new Mat(height, width, MatType.CV_8UC3, Scalar.All(255));
        var image = new Rect((int)Math.Clamp(-left, int.MinValue / 4, int.MaxValue / 4), (int)Math.Clamp(-top, int.MinValue / 4, int.MaxValue / 4), (int)Levels[level].Width, (int)Levels[level].Height);
        Cell? bad = null;
        Parallel.ForEach(
            cells.Covering(left, top, width, height),
            () => new Mat(cells.Height, cells.Width, MatType.CV_8UC3),
            (cell, state, tile) =>
            {
                if (!Decode(level, cell, (byte*)tile.Data, cells.Width * 3))
                {
                    if (damaged is not { } colour)
                    {
                        bad = cell;
                        state.Stop();
                        return tile;
                    }

                    tile.SetTo(colour);
                }

                Paste(tile, rgb, image, (int)(((long)cell.Column * cells.Width) - left), (int)(((long)cell.Row * cells.Height) - top));
                return tile;
            },
            tile => tile.Dispose());
        if (bad is { } broken)
        {
            rgb.Dispose();
            throw new SlideException("unreadable-slide", $"The JPEG tile in column {broken.Column}, row {broken.Row} of level {Levels[level].Stored} of {Path} is damaged. Compare the file's size with the original and copy it again.");
        }

        return rgb;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        while (_decoders.TryTake(out var decoder))
        {
            decoder.Dispose();
        }

        _drawn?.Dispose();
        _file.Dispose();
    }

    private IEnumerable<SlideLevel> Reduced(SlideLevel level) => Scales
        .Where(scale => _directories[level.Stored].TileWidth % scale == 0 && _directories[level.Stored].TileHeight % scale == 0 && level.Width >= scale && level.Height >= scale)
        .Select(scale => level with { Width = level.Width / scale, Height = level.Height / scale, Downsample = level.Downsample * scale, Scale = scale });

    // Philips pads each level to whole tiles; OpenSlide corrects the sizes by the pixel spacings that the description gives.
    private static JpegDirectory? Padded(IReadOnlyList<JpegDirectory> found, int index, SlideLevel level) =>
        index < found.Count && found[index] is var directory && directory.Width >= level.Width && directory.Height >= level.Height
            && directory.Width - level.Width < directory.TileWidth && directory.Height - level.Height < directory.TileHeight ? directory : null;

    // What a cell holds beyond the image's edge is padding.
    private static void Paste(Mat tile, Mat rgb, Rect image, int left, int top)
    {
        var place = new Rect(left, top, tile.Width, tile.Height).Intersect(image).Intersect(new Rect(0, 0, rgb.Width, rgb.Height));
        using Mat from = tile[new Rect(place.X - left, place.Y - top, place.Width, place.Height)], to = rgb[place];
        from.CopyTo(to);
    }
}
