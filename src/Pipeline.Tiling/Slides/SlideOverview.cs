using System.Globalization;
using OpenCvSharp;

namespace MhdNet.Tiling.Slides;

/// <summary>A whole slide at low power, with square pixels.</summary>
/// <param name="Rgb">8-bit RGB.</param>
/// <param name="Mpp">Edge of a pixel in µm.</param>
/// <param name="DamagedShare">Share of it that cannot be decoded, 0 to 1.</param>
public sealed record SlideOverview(Mat Rgb, double Mpp, double DamagedShare) : IDisposable
{
    private const int BlockPixels = 1 << 22;

    /// <summary>Edge of the pieces that a damaged block is read in, where the file does not tell its tiles.</summary>
    private const int PieceEdge = 256;

    /// <summary>Blocks read in pieces at most: where more are damaged, the slide is, and trying each piece of it would take hours.</summary>
    private const int MaxInPieces = 64;

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
            var damaged = reading.Damaged / rgb.Total();
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
        private int _inPieces;

        /// <summary>Pixels of the overview that could not be read.</summary>
        public double Damaged { get; private set; }

        /// <summary>The first error, or null.</summary>
        public SlideException? Error { get; private set; }

        /// <summary>Fills the whole, block by block.</summary>
        public void Fill(Mat rgb, int edge)
        {
            var (width, height) = (rgb.Width, rgb.Height);
            for (var y = 0; y < height; y += edge)
            {
                for (var x = 0; x < width; x += edge)
                {
                    var block = new Rect(x, y, Math.Min(edge, width - x), Math.Min(edge, height - y));
                    int left = (int)Math.Round(block.X * scale.X), top = (int)Math.Round(block.Y * scale.Y);
                    var right = Math.Max(left + 1, (int)Math.Round(block.Right * scale.X));
                    var bottom = Math.Max(top + 1, (int)Math.Round(block.Bottom * scale.Y));
                    var place = new Rect(left, top, right - left, bottom - top);
                    using var part = rgb[block];
                    using var read = Read(place) ?? InPieces(place);
                    using var resized = new Mat();
                    Cv2.Resize(read, resized, part.Size(), interpolation: InterpolationFlags.Area);
                    resized.CopyTo(part);
                }
            }
        }

        /// <summary>A rectangle of the level, or null where something of it is damaged.</summary>
        private Mat? Read(Rect place)
        {
            var downsample = reader.Levels[level].Downsample;
            var (x, y) = ((long)Math.Round(place.X * downsample), (long)Math.Round(place.Y * downsample));
            try
            {
                return reader is TiledJpegSlide cells
                    ? cells.ReadRegion(x, y, level, place.Width, place.Height, DamageColour)
                    : reader.ReadRegion(x, y, level, place.Width, place.Height);
            }
            catch (SlideException e)
            {
                Error ??= e;
                return null;
            }
        }

        /// <summary>The rectangle from each of the stored tiles under it that can be read.</summary>
        private Mat InPieces(Rect place)
        {
            var whole = new Mat(place.Size, MatType.CV_8UC3, DamageColour);
            var (width, height) = (Edge("width"), Edge("height"));
            var (damaged, tried) = (0L, _inPieces++ < MaxInPieces);
            for (var top = place.Top / height * height; top < place.Bottom; top += height)
            {
                for (var left = place.Left / width * width; left < place.Right; left += width)
                {
                    var piece = new Rect(left, top, width, height).Intersect(place);
                    // A pixel inside: a place given in level-0 pixels may lie a fraction of a pixel over the edge, where the neighbour would be read too.
                    var inner = new Rect(piece.X + 1, piece.Y + 1, piece.Width - 2, piece.Height - 2);
                    using var read = tried && inner is { Width: > 0, Height: > 0 } ? Read(inner) : null;
                    if (read is null)
                    {
                        damaged += (long)piece.Width * piece.Height;
                        continue;
                    }

                    using var target = whole[piece - place.TopLeft];
                    Cv2.CopyMakeBorder(read, target, 1, 1, 1, 1, BorderTypes.Replicate);
                }
            }

            Damaged += damaged / (scale.X * scale.Y);
            return whole;
        }

        private int Edge(string side) =>
            reader.Properties.TryGetValue($"openslide.level[{level}].tile-{side}", out var text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var edge) && edge > 2 ? edge : PieceEdge;
    }
}
