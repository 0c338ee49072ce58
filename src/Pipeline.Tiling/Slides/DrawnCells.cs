using MhdNet.Tiling.Slides.Tiff;
using OpenCvSharp;

namespace MhdNet.Tiling.Slides;

/// <summary>
/// The cells of an Aperio slide that OpenSlide does not decode: places without a stored tile, and what lies over them in coarser levels, where the scanner left garbage. OpenSlide draws
/// them from the finer level. They are few, and one is drawn at a time.
/// </summary>
internal sealed unsafe class DrawnCells : IDisposable
{
    private readonly JpegDirectory[] _directories;
    private readonly IReadOnlyList<SlideLevel> _levels;
    private readonly bool[][] _drawn;
    private readonly Lazy<ReopeningSlide> _slide;
    private readonly Lock _drawing = new();

    /// <summary>Finds the cells.</summary>
    /// <param name="slide">The slide; not needed any more afterwards.</param>
    /// <param name="directories">The directory of each of its levels.</param>
    public DrawnCells(ISlideReader slide, JpegDirectory[] directories)
    {
        (_directories, _levels) = (directories, slide.Levels);
        _slide = new Lazy<ReopeningSlide>(() => new ReopeningSlide(() => OpenSlideImage.Open(slide.Path)));
        _drawn = [.. directories.Select(directory => directory.Sizes.Select(size => size == 0).ToArray())];
        for (var level = 1; level < directories.Length; level++)
        {
            Spread(level);
        }
    }

    /// <summary>Whether a cell of a level is drawn.</summary>
    public bool Has(int level, int index) => _drawn[level][index];

    /// <summary>Draws a cell.</summary>
    /// <param name="level">Its level.</param>
    /// <param name="cell">The cell.</param>
    /// <param name="scale">How much smaller: 1, 2, 4 or 8.</param>
    /// <param name="target">Where its first pixel goes.</param>
    /// <param name="pitch">Bytes from one row to the next.</param>
    /// <returns>False where what it would be drawn from is damaged.</returns>
    public bool Draw(int level, Cell cell, int scale, byte* target, int pitch)
    {
        var (width, height) = (_directories[level].TileWidth, _directories[level].TileHeight);
        var (x, y) = (Math.Round(cell.Column * width * _levels[level].Downsample), Math.Round(cell.Row * height * _levels[level].Downsample));
        try
        {
            lock (_drawing)
            {
                using var drawn = _slide.Value.ReadRegion((long)x, (long)y, level, width, height);
                using var to = Mat.FromPixelData(height / scale, width / scale, MatType.CV_8UC3, (nint)target, pitch);
                Cv2.Resize(drawn, to, to.Size(), interpolation: InterpolationFlags.Area);
                return true;
            }
        }
        catch (SlideException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_slide.IsValueCreated)
        {
            _slide.Value.Dispose();
        }
    }

    /// <summary>From the drawn cells of the finer level to all over them, a pixel more on each side: a cell too many is drawn as it is.</summary>
    private void Spread(int level)
    {
        var (finer, coarser) = (_directories[level - 1], _directories[level]);
        var (across, down) = (coarser.Width / (double)finer.Width, coarser.Height / (double)finer.Height);
        var cells = new CellGrid(coarser.TileWidth, coarser.TileHeight, coarser.Columns, coarser.Rows);
        for (var index = 0; index < _drawn[level - 1].Length; index++)
        {
            if (_drawn[level - 1][index])
            {
                var (left, top) = ((index % finer.Columns * finer.TileWidth * across) - 1, (index / finer.Columns * finer.TileHeight * down) - 1);
                foreach (var cell in cells.Covering((long)left, (long)top, (int)(finer.TileWidth * across) + 3, (int)(finer.TileHeight * down) + 3))
                {
                    _drawn[level][(cell.Row * coarser.Columns) + cell.Column] = true;
                }
            }
        }
    }
}
