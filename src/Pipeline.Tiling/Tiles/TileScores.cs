using MhdNet.Tiling.Blocks;
using OpenCvSharp;

namespace MhdNet.Tiling.Tiles;

/// <summary>What was measured on a tile; colours on every second pixel of every second row.</summary>
/// <param name="White">Share of pixels whose darkest channel is above the white limit.</param>
/// <param name="Saturation">Mean saturation, 0 to 255.</param>
/// <param name="Focus">Variance of the Laplacian of the grey image (Pech-Pacheco et al. 2000).</param>
/// <param name="Nuclear">Share of pixels with haematoxylin above the nuclear limit.</param>
public sealed record TileScores(double White, double Saturation, double Focus, double Nuclear)
{
    /// <summary>Measures a tile.</summary>
    /// <param name="rgb">8-bit RGB.</param>
    /// <param name="settings">Limits of white and nuclear pixels.</param>
    public static TileScores Of(Mat rgb, TileFilterSettings settings)
    {
        var scores = Of(PixelView.Of(rgb), settings);
        GC.KeepAlive(rgb);
        return scores;
    }

    /// <summary>Measures a tile.</summary>
    /// <param name="rgb">8-bit RGB.</param>
    /// <param name="settings">Limits of white and nuclear pixels.</param>
    public static TileScores Of(PixelView rgb, TileFilterSettings settings)
    {
        var sums = VectorPixelSums.Fits(rgb) ? VectorPixelSums.Of(rgb, settings) : ScalarPixelSums.Of(rgb, settings);
        var pixels = (double)rgb.Width * rgb.Height;
        var sampled = (double)((rgb.Width + 1) / 2) * ((rgb.Height + 1) / 2);
        var mean = sums.Laplacian / pixels;
        return new TileScores(sums.White / sampled, sums.Saturation / sampled, (sums.LaplacianSquares / pixels) - (mean * mean), sums.Nuclear / sampled);
    }

    /// <summary>Decides; the first filter in use whose limit is broken counts.</summary>
    public TileVerdict Judge(TileFilterSettings settings) => this switch
    {
        _ when settings.Uses(TileFilters.White) && White > settings.MaxWhite => TileVerdict.White,
        _ when settings.Uses(TileFilters.Saturation) && Saturation < settings.MinSaturation => TileVerdict.Colourless,
        _ when settings.Uses(TileFilters.Focus) && Focus < settings.MinFocus => TileVerdict.Blurred,
        _ when settings.Uses(TileFilters.Cells) && Nuclear < settings.MinNuclear => TileVerdict.CellSparse,
        _ => TileVerdict.Kept,
    };
}
