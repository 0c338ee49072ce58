using OpenCvSharp;

namespace MhdNet.Tiling.Slides;

/// <summary>A whole slide at low power, with square pixels.</summary>
/// <param name="Rgb">8-bit RGB.</param>
/// <param name="Mpp">Edge of a pixel in µm.</param>
public sealed record SlideOverview(Mat Rgb, double Mpp) : IDisposable
{
    private const int BlockPixels = 1 << 22;

    /// <summary>
    /// What a part that cannot be decoded looks like: tissue. So the tiles there are planned and looked at one by one; those that can be read count, and the
    /// others are counted as unreadable.
    /// </summary>
    private static readonly Scalar Damaged = new(205, 130, 180);

    /// <summary>
    /// Reads the slide at about <paramref name="mpp"/> by averaging over pixels. It goes block by block, so that a slide without
    /// a coarse level (gigapixels at level 0) takes long but little memory.
    /// </summary>
    /// <param name="reader">The slide.</param>
    /// <param name="resolution">Its resolution.</param>
    /// <param name="mpp">µm per pixel wanted.</param>
    /// <exception cref="SlideException">A part cannot be read.</exception>
    public static SlideOverview Read(ISlideReader reader, SlideResolution resolution, double mpp)
    {
        var whole = reader.Levels[0];
        mpp = Math.Max(mpp, Math.Min(resolution.MppX, resolution.MppY));
        var width = Math.Max(1, (int)Math.Round(whole.Width * resolution.MppX / mpp));
        var height = Math.Max(1, (int)Math.Round(whole.Height * resolution.MppY / mpp));
        var level = LevelFor(reader.Levels, mpp / Math.Max(resolution.MppX, resolution.MppY));
        var (scaleX, scaleY) = (reader.Levels[level].Width / (double)width, reader.Levels[level].Height / (double)height);
        var block = Math.Max(1, (int)Math.Sqrt(BlockPixels / (scaleX * scaleY)));
        var rgb = new Mat(height, width, MatType.CV_8UC3);
        try
        {
            for (var y = 0; y < height; y += block)
            {
                for (var x = 0; x < width; x += block)
                {
                    using var part = rgb[new Rect(x, y, Math.Min(block, width - x), Math.Min(block, height - y))];
                    ReadBlock(reader, level, (scaleX, scaleY), (x, y), part);
                }
            }

            return new SlideOverview(rgb, mpp);
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

    private static void ReadBlock(ISlideReader reader, int level, (double X, double Y) scale, (int X, int Y) corner, Mat part)
    {
        int left = (int)Math.Round(corner.X * scale.X), top = (int)Math.Round(corner.Y * scale.Y);
        var right = Math.Max(left + 1, (int)Math.Round((corner.X + part.Width) * scale.X));
        var bottom = Math.Max(top + 1, (int)Math.Round((corner.Y + part.Height) * scale.Y));
        var downsample = reader.Levels[level].Downsample;
        var (x, y) = ((long)Math.Round(left * downsample), (long)Math.Round(top * downsample));
        using var read = reader is TiledJpegSlide cells
            ? cells.ReadRegion(x, y, level, right - left, bottom - top, Damaged)
            : reader.ReadRegion(x, y, level, right - left, bottom - top);
        using var resized = new Mat();
        Cv2.Resize(read, resized, part.Size(), interpolation: InterpolationFlags.Area);
        resized.CopyTo(part);
    }
}
