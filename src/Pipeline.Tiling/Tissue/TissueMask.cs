using OpenCvSharp;

namespace MhdNet.Tiling.Tissue;

/// <summary>Where tissue lies on a slide: 255 for tissue, 0 for glass, at low power with square pixels.</summary>
public sealed class TissueMask : IDisposable
{
    private readonly Mat _tissue;
    private readonly Mat? _artefacts;

    private TissueMask(Mat mask, Mat? artefacts, double mpp, double threshold, double dark)
    {
        (Mask, Mpp, Threshold, DarkShare) = (mask, mpp, threshold, dark);
        TissueShare = Cv2.CountNonZero(mask) / (double)mask.Total();
        (_tissue, _artefacts) = (Counted(mask), artefacts is null ? null : Counted(artefacts));
    }

    /// <summary>8-bit, one channel.</summary>
    public Mat Mask { get; }

    /// <summary>Edge of a pixel of the mask in µm.</summary>
    public double Mpp { get; }

    /// <summary>The saturation (0 to 255) above which a pixel counts as tissue; 0 where someone drew the mask.</summary>
    public double Threshold { get; }

    /// <summary>Whether someone drew the mask; it then has no artefacts.</summary>
    public bool IsDrawn => _artefacts is null;

    /// <summary>Share of dark pixels, 0 to 1.</summary>
    public double DarkShare { get; }

    /// <summary>Share of tissue in the whole image, 0 to 1.</summary>
    public double TissueShare { get; }

    /// <summary>
    /// Otsu's threshold on the median-filtered saturation, held within the settings' bounds; then closing, and removal of specks and holes by area.
    /// Dark pixels never count: their saturation is noise. Pen marks and black edges are taken out before and after, so that no closing brings them back.
    /// </summary>
    /// <param name="rgb">8-bit RGB at low power.</param>
    /// <param name="mpp">Edge of its pixels in µm.</param>
    /// <param name="settings">Thresholds.</param>
    public static TissueMask Of(Mat rgb, double mpp, TissueSettings settings)
    {
        using var hsv = new Mat();
        Cv2.CvtColor(rgb, hsv, ColorConversionCodes.RGB2HSV);
        using var saturation = Saturation(hsv, Odd(settings.MedianUm / mpp));
        using var dark = Dark(hsv, settings.DarkBelow / 2);
        var mask = new Mat();
        var otsu = Cv2.Threshold(saturation, mask, 0, 255, ThresholdTypes.Otsu);
        var threshold = Math.Clamp(otsu, settings.MinThreshold, settings.MaxThreshold);
        Cv2.Threshold(saturation, mask, threshold, 255, ThresholdTypes.Binary);
        mask.SetTo(Scalar.Black, dark);
        using var artefacts = Artefacts.Of(hsv, mpp, settings);
        mask.SetTo(Scalar.Black, artefacts);
        var radius = (int)Math.Round(settings.ClosingUm / mpp);
        using var disc = Cv2.GetStructuringElement(MorphShapes.Ellipse, new Size((2 * radius) + 1, (2 * radius) + 1));
        Cv2.MorphologyEx(mask, mask, MorphTypes.Close, disc, borderType: BorderTypes.Replicate);
        MaskPieces.RemoveSmall(mask, settings.MinPieceUm2 / (mpp * mpp));
        MaskPieces.FillHoles(mask, settings.MaxHoleUm2 / (mpp * mpp));
        mask.SetTo(Scalar.Black, artefacts);
        return new TissueMask(mask, artefacts, mpp, threshold, DarkShareOf(hsv, settings.DarkBelow));
    }

    /// <summary>A mask that someone drew.</summary>
    /// <param name="drawn">8-bit, not 0 for tissue; copied.</param>
    /// <param name="rgb">8-bit RGB of the same size.</param>
    /// <param name="mpp">Edge of a pixel in µm.</param>
    /// <param name="settings">Thresholds.</param>
    public static TissueMask Drawn(Mat drawn, Mat rgb, double mpp, TissueSettings settings)
    {
        using var hsv = new Mat();
        Cv2.CvtColor(rgb, hsv, ColorConversionCodes.RGB2HSV);
        return new TissueMask(drawn.Clone(), null, mpp, 0, DarkShareOf(hsv, settings.DarkBelow));
    }

    /// <summary>What covers a rectangle; it is given in µm from the upper left corner, and widened to whole pixels of the mask.</summary>
    public MaskCover Cover(double left, double top, double width, double height)
    {
        int x0 = Pixel(left, Mask.Width), y0 = Pixel(top, Mask.Height);
        var x1 = Math.Clamp((int)Math.Ceiling((left + width) / Mpp), x0 + 1, Math.Max(x0 + 1, Mask.Width));
        var y1 = Math.Clamp((int)Math.Ceiling((top + height) / Mpp), y0 + 1, Math.Max(y0 + 1, Mask.Height));
        double area = (x1 - x0) * (y1 - y0);
        return new MaskCover(Inside(_tissue) / area, _artefacts is null ? 0 : Inside(_artefacts) / area);

        int Inside(Mat integral) => integral.At<int>(y1, x1) - integral.At<int>(y0, x1) - integral.At<int>(y1, x0) + integral.At<int>(y0, x0);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Mask.Dispose();
        _tissue.Dispose();
        _artefacts?.Dispose();
    }

    private static Mat Counted(Mat mask)
    {
        using var ones = new Mat();
        Cv2.Threshold(mask, ones, 0, 1, ThresholdTypes.Binary);
        var integral = new Mat();
        Cv2.Integral(ones, integral, MatType.CV_32S);
        return integral;
    }

    private int Pixel(double um, int length) => Math.Clamp((int)Math.Floor(um / Mpp), 0, length - 1);

    private static int Odd(double length) => Math.Max(3, ((int)Math.Round(length) / 2 * 2) + 1);

    private static Mat Saturation(Mat hsv, int median)
    {
        var saturation = new Mat();
        Cv2.ExtractChannel(hsv, saturation, 1);
        Cv2.MedianBlur(saturation, saturation, median);
        return saturation;
    }

    private static Mat Dark(Mat hsv, double below)
    {
        var dark = new Mat();
        Cv2.ExtractChannel(hsv, dark, 2);
        Cv2.Threshold(dark, dark, below - 1, 255, ThresholdTypes.BinaryInv);
        return dark;
    }

    private static double DarkShareOf(Mat hsv, double below)
    {
        using var dark = Dark(hsv, below);
        return Cv2.CountNonZero(dark) / (double)dark.Total();
    }
}
