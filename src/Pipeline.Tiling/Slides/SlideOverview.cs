using OpenCvSharp;

namespace MhdNet.Tiling.Slides;

/// <summary>A whole slide at low power, with square pixels.</summary>
/// <param name="Rgb">8-bit RGB.</param>
/// <param name="Mpp">Edge of a pixel in µm.</param>
/// <param name="DamagedShare">Share of it that cannot be decoded, 0 to 1.</param>
public sealed record SlideOverview(Mat Rgb, double Mpp, double DamagedShare) : IDisposable
{
    private const int BlockPixels = 1 << 22;

    /// <summary>Edge in pixels of the pieces that a damaged block is parted into; stored tiles are seldom smaller.</summary>
    private const int PieceEdge = 256;

    /// <summary>Blocks parted at most: where more are damaged, the slide is, and trying each piece of it would take hours.</summary>
    private const int MaxParted = 64;

    /// <summary>Share of the overview that may be damaged; beyond it there is nothing to find tissue in.</summary>
    private const double MaxDamaged = 0.5;

    /// <summary>
    /// What a part that cannot be decoded looks like: tissue. So the tiles there are planned and looked at one by one; those that can be read count, and the
    /// others are counted as unreadable.
    /// </summary>
    private static readonly Scalar DamageColour = new(205, 130, 180);

    /// <summary>
    /// Reads the slide at about <paramref name="mpp"/> by averaging over pixels. It goes block by block, so that a slide without
    /// a coarse level (gigapixels at level 0) takes long but little memory.
    /// </summary>
    /// <param name="reader">The slide; one that goes on after an error (<see cref="ReopeningSlide"/>), else all after the first damage counts as damaged.</param>
    /// <param name="resolution">Its resolution.</param>
    /// <param name="mpp">µm per pixel wanted.</param>
    /// <exception cref="SlideException">More than half cannot be read.</exception>
    public static SlideOverview Read(ISlideReader reader, SlideResolution resolution, double mpp)
    {
        var whole = reader.Levels[0];
        mpp = Math.Max(mpp, Math.Min(resolution.MppX, resolution.MppY));
        var width = Math.Max(1, (int)Math.Round(whole.Width * resolution.MppX / mpp));
        var height = Math.Max(1, (int)Math.Round(whole.Height * resolution.MppY / mpp));
        var level = LevelFor(reader.Levels, mpp / Math.Max(resolution.MppX, resolution.MppY));
        var (scaleX, scaleY) = (reader.Levels[level].Width / (double)width, reader.Levels[level].Height / (double)height);
        var rgb = new Mat(height, width, MatType.CV_8UC3);
        try
        {
            var reading = new Reading(reader, level, (scaleX, scaleY));
            reading.Fill(rgb, Math.Max(1, (int)Math.Sqrt(BlockPixels / (scaleX * scaleY))));
            var damaged = reading.Damaged / (double)rgb.Total();
            return damaged > MaxDamaged ? throw reading.Error! : new SlideOverview(rgb, mpp, damaged);
        }
        catch
        {
            rgb.Dispose();
            throw;
        }
    }

    /// <summary>The deepest level that is still at least as fine as <paramref name="downsample"/>; level 0 where none is.</summary>
    public static int LevelFor(IReadOnlyList<SlideLevel> levels, double downsample)
    {
        var best = 0;
        for (var level = 1; level < levels.Count; level++)
        {
            if (levels[level].Downsample <= downsample && levels[level].Downsample > levels[best].Downsample)
            {
                best = level;
            }
        }

        return best;
    }

    /// <inheritdoc/>
    public void Dispose() => Rgb.Dispose();

    /// <summary>The overview being filled from a level.</summary>
    private sealed class Reading(ISlideReader reader, int level, (double X, double Y) scale)
    {
        private int _parted;

        /// <summary>Pixels of the overview that could not be read.</summary>
        public long Damaged { get; private set; }

        /// <summary>The first error, or null.</summary>
        public SlideException? Error { get; private set; }

        /// <summary>Fills the whole, block by block.</summary>
        public void Fill(Mat rgb, int edge) => Fill(rgb, new Rect(0, 0, rgb.Width, rgb.Height), edge, ReadOrPart);

        private static void Fill(Mat rgb, Rect box, int edge, Action<Mat, Rect> read)
        {
            for (var y = box.Top; y < box.Bottom; y += edge)
            {
                for (var x = box.Left; x < box.Right; x += edge)
                {
                    read(rgb, new Rect(x, y, Math.Min(edge, box.Right - x), Math.Min(edge, box.Bottom - y)));
                }
            }
        }

        private void ReadOrPart(Mat rgb, Rect block)
        {
            if (TryRead(rgb, block))
            {
                return;
            }

            var edge = Math.Max(1, (int)(PieceEdge / Math.Max(scale.X, scale.Y)));
            if (_parted++ < MaxParted && Math.Max(block.Width, block.Height) > edge)
            {
                Fill(rgb, block, edge, ReadOrPaint);
            }
            else
            {
                Paint(rgb, block);
            }
        }

        private void ReadOrPaint(Mat rgb, Rect piece)
        {
            if (!TryRead(rgb, piece))
            {
                Paint(rgb, piece);
            }
        }

        private void Paint(Mat rgb, Rect piece)
        {
            using var part = rgb[piece];
            part.SetTo(DamageColour);
            Damaged += (long)piece.Width * piece.Height;
        }

        private bool TryRead(Mat rgb, Rect block)
        {
            int left = (int)Math.Round(block.X * scale.X), top = (int)Math.Round(block.Y * scale.Y);
            var right = Math.Max(left + 1, (int)Math.Round(block.Right * scale.X));
            var bottom = Math.Max(top + 1, (int)Math.Round(block.Bottom * scale.Y));
            var downsample = reader.Levels[level].Downsample;
            var (x, y) = ((long)Math.Round(left * downsample), (long)Math.Round(top * downsample));
            try
            {
                using var part = rgb[block];
                using var read = reader is TiledJpegSlide cells
                    ? cells.ReadRegion(x, y, level, right - left, bottom - top, DamageColour)
                    : reader.ReadRegion(x, y, level, right - left, bottom - top);
                using var resized = new Mat();
                Cv2.Resize(read, resized, part.Size(), interpolation: InterpolationFlags.Area);
                resized.CopyTo(part);
                return true;
            }
            catch (SlideException e)
            {
                Error ??= e;
                return false;
            }
        }
    }
}
