using MhdNet.Tiling.Tiles;
using OpenCvSharp;

namespace MhdNet.Tiling.Blocks;

/// <summary>Brings read pixels to the grid's edge: pixel-area averaging when shrinking, bilinear when enlarging, untouched where the sizes agree.</summary>
/// <param name="grid">The sizes.</param>
internal sealed class Resampler(TileGrid grid) : IDisposable
{
    private readonly Mat _resized = new();

    /// <summary>The pixels at the grid's edge length, valid until the next call.</summary>
    public PixelView ToEdge(PixelView read)
    {
        if (read.Width == grid.Edge && read.Height == grid.Edge)
        {
            return read;
        }

        using var source = read.AsMat();
        var shrinks = grid.ResampleX >= 1 && grid.ResampleY >= 1;
        Cv2.Resize(source, _resized, new Size(grid.Edge, grid.Edge), interpolation: shrinks ? InterpolationFlags.Area : InterpolationFlags.Linear);
        return PixelView.Of(_resized);
    }

    /// <inheritdoc/>
    public void Dispose() => _resized.Dispose();
}
