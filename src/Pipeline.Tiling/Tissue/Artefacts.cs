using OpenCvSharp;

namespace MhdNet.Tiling.Tissue;

/// <summary>What is dark or coloured on a slide, and no tissue: marks of felt pens, and the black edges of coverslips and scans.</summary>
internal static class Artefacts
{
    // Hues of OpenCV, 0 to 180, and the least saturation. Haematoxylin lies at 120 to 150, eosin at 155 to 176: inks beside them must be stronger than stains get.
    private static readonly (int From, int To, int Saturation)[] Inks =
    [
        (30, 92, 50),    // green and turquoise
        (93, 119, 140),  // blue
        (0, 7, 160),     // red
        (178, 180, 160), // red
        (8, 29, 120),    // orange and yellow
    ];

    /// <summary>Finds them.</summary>
    /// <param name="rgb">8-bit RGB at low power.</param>
    /// <param name="mpp">Edge of its pixels in µm.</param>
    /// <param name="settings">How dark is dark, and the smallest piece that counts.</param>
    /// <returns>8-bit, 255 there and in a margin around, where colours are mixed; the caller disposes it.</returns>
    public static Mat Of(Mat rgb, double mpp, TissueSettings settings)
    {
        using Mat hsv = new(), hit = new();
        Cv2.CvtColor(rgb, hsv, ColorConversionCodes.RGB2HSV);
        var found = new Mat();
        Cv2.InRange(hsv, new Scalar(0, 0, 0), new Scalar(180, 255, settings.DarkBelow - 1), found);
        foreach (var (from, to, saturation) in settings.ExcludePen ? Inks : [])
        {
            Cv2.InRange(hsv, new Scalar(from, saturation, settings.DarkBelow), new Scalar(to, 255, 255), hit);
            Cv2.BitwiseOr(found, hit, found);
        }

        // Broken strokes are joined before small pieces, single cells and pigment, are let off.
        var radius = Math.Max(1, (int)Math.Round(settings.ArtefactMarginUm / mpp));
        using var disc = Cv2.GetStructuringElement(MorphShapes.Ellipse, new Size((2 * radius) + 1, (2 * radius) + 1));
        Cv2.MorphologyEx(found, found, MorphTypes.Close, disc);
        MaskPieces.RemoveSmall(found, settings.MinPieceUm2 / (mpp * mpp));
        Cv2.Dilate(found, found, disc);
        return found;
    }
}
