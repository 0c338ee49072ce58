using OpenCvSharp;

namespace MhdNet.Tiling.Tissue;

/// <summary>Connected pieces of a mask, by area.</summary>
internal static class MaskPieces
{
    /// <summary>Clears the pieces (8-connected) smaller than <paramref name="minArea"/> pixels.</summary>
    public static void RemoveSmall(Mat mask, double minArea) => Repaint(mask, minArea, PixelConnectivity.Connectivity8, Scalar.Black);

    /// <summary>Fills the holes (4-connected background) smaller than <paramref name="minArea"/> pixels that do not touch the border.</summary>
    public static void FillHoles(Mat mask, double minArea)
    {
        using var holes = new Mat();
        Cv2.BitwiseNot(mask, holes);
        using var before = holes.Clone();
        Repaint(holes, minArea, PixelConnectivity.Connectivity4, Scalar.Black, keepAtBorder: true);
        using var filled = new Mat();
        Cv2.BitwiseXor(before, holes, filled);
        Cv2.BitwiseOr(mask, filled, mask);
    }

    private static void Repaint(Mat mask, double minArea, PixelConnectivity connectivity, Scalar colour, bool keepAtBorder = false)
    {
        using Mat labels = new(), stats = new(), centres = new(), piece = new();
        var count = Cv2.ConnectedComponentsWithStats(mask, labels, stats, centres, connectivity);
        for (var label = 1; label < count; label++)
        {
            var (left, top, width, height, area) = (stats.At<int>(label, 0), stats.At<int>(label, 1), stats.At<int>(label, 2), stats.At<int>(label, 3), stats.At<int>(label, 4));
            var atBorder = left == 0 || top == 0 || left + width == mask.Width || top + height == mask.Height;
            if (area < minArea && !(keepAtBorder && atBorder))
            {
                var box = new Rect(left, top, width, height);
                using Mat part = labels[box], target = mask[box];
                Cv2.InRange(part, new Scalar(label), new Scalar(label), piece);
                target.SetTo(colour, piece);
            }
        }
    }
}
