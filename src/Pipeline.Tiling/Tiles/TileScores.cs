using OpenCvSharp;

namespace MhdNet.Tiling.Tiles;

/// <summary>What was measured on a tile.</summary>
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
        using Mat white = new(), hsv = new(), grey = new(), laplacian = new(), mean = new(), deviation = new();
        Cv2.InRange(rgb, Scalar.All(settings.WhiteAbove), Scalar.All(255), white);
        Cv2.CvtColor(rgb, hsv, ColorConversionCodes.RGB2HSV);
        Cv2.CvtColor(rgb, grey, ColorConversionCodes.RGB2GRAY);
        Cv2.Laplacian(grey, laplacian, MatType.CV_64F);
        Cv2.MeanStdDev(laplacian, mean, deviation);
        var sigma = deviation.At<double>(0);
        return new TileScores(
            Cv2.CountNonZero(white) / (double)white.Total(), Cv2.Mean(hsv).Val1, sigma * sigma, StainSeparation.HaematoxylinShare(rgb, settings.NuclearAbove));
    }

    /// <summary>Decides; the first limit that is broken counts.</summary>
    public TileVerdict Judge(TileFilterSettings settings) => this switch
    {
        _ when White > settings.MaxWhite => TileVerdict.White,
        _ when Saturation < settings.MinSaturation => TileVerdict.Colourless,
        _ when Focus < settings.MinFocus => TileVerdict.Blurred,
        _ when Nuclear < settings.MinNuclear => TileVerdict.CellSparse,
        _ => TileVerdict.Kept,
    };
}
