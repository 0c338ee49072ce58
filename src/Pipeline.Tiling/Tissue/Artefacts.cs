using OpenCvSharp;

namespace MhdNet.Tiling.Tissue;

/// <summary>What is dark, grey or coloured on a slide, and no tissue: marks of felt pens, and the black and grey edges of coverslips and scans.</summary>
internal static class Artefacts
{
    // Hues of OpenCV, 0 to 180, and the least saturation. Haematoxylin lies at 120 to 150, eosin at 155 to 176, as strong as any violet or magenta pen, which are not told from them: inks beside them must be stronger than stains get.
    private static readonly (int From, int To, int Saturation)[] Inks =
    [
        (30, 92, 50),    // green and turquoise
        (93, 119, 140),  // blue
        (0, 7, 130),     // red
        (178, 180, 130), // red
        (8, 29, 120),    // orange and yellow
    ];

    // Stained tissue so dark is far stronger in colour.
    private const int GreySaturation = 36;
    private const int GreyBelow = 140;

    /// <summary>Finds them.</summary>
    /// <param name="hsv">The slide at low power, 8-bit, as OpenCV turns RGB into HSV.</param>
    /// <param name="mpp">Edge of its pixels in µm.</param>
    /// <param name="settings">How dark is dark, and the smallest piece that counts.</param>
    /// <returns>8-bit, 255 there and in a margin around, where colours are mixed; the caller disposes it.</returns>
    public static Mat Of(Mat hsv, double mpp, TissueSettings settings)
    {
        Mat[] channels = Cv2.Split(hsv);
        using Mat hue = channels[0], saturation = channels[1], value = channels[2], dark = new(), grey = new(), weakest = new();
        var found = new Mat();
        Cv2.LUT(hue, LeastSaturation(settings.ExcludePen), weakest);
        Cv2.Compare(saturation, weakest, found, CmpTypes.GT);
        Cv2.Threshold(value, dark, settings.DarkBelow - 1, 255, ThresholdTypes.BinaryInv);
        Cv2.BitwiseOr(found, dark, found);
        Cv2.InRange(hsv, new Scalar(0, 0, 0), new Scalar(180, GreySaturation - 1, GreyBelow - 1), grey);
        Cv2.BitwiseOr(found, grey, found);
        if (Cv2.CountNonZero(found) == 0)
        {
            return found;
        }

        // Broken strokes are joined before small pieces, single cells and pigment, are let off.
        var radius = Math.Max(1, (int)Math.Round(settings.ArtefactMarginUm / mpp));
        using var disc = Cv2.GetStructuringElement(MorphShapes.Ellipse, new Size((2 * radius) + 1, (2 * radius) + 1));
        Cv2.MorphologyEx(found, found, MorphTypes.Close, disc);
        MaskPieces.RemoveSmall(found, settings.MinPieceUm2 / (mpp * mpp));
        Cv2.Dilate(found, found, disc);
        return found;
    }

    /// <summary>Of each hue, the saturation above which it is ink.</summary>
    private static byte[] LeastSaturation(bool pens)
    {
        byte[] least = new byte[256];
        Array.Fill(least, (byte)255);
        foreach (var (from, to, saturation) in pens ? Inks : [])
        {
            least.AsSpan(from, to - from + 1).Fill((byte)(saturation - 1));
        }

        return least;
    }
}
