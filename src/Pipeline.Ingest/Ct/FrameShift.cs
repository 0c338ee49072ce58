using MhdNet.Ingest.Ct.Dicom;
using OpenCvSharp;

namespace MhdNet.Ingest.Ct;

/// <summary>Moves a slice in its plane, bilinear; what comes in from outside is air.</summary>
public static class FrameShift
{
    private const int Air = -1024;

    /// <param name="slice">The slice.</param>
    /// <param name="columns">To higher columns, in pixels.</param>
    /// <param name="rows">To higher rows, in pixels.</param>
    public static SliceImage By(SliceImage slice, double columns, double rows)
    {
        if (columns == 0 && rows == 0)
        {
            return slice;
        }

        using var source = Mat.FromPixelData(slice.Rows, slice.Columns, MatType.CV_16SC1, slice.Hu);
        using var target = new Mat();
        using var move = Mat.FromPixelData(2, 3, MatType.CV_64FC1, new[] { 1, 0, columns, 0, 1, rows });
        Cv2.WarpAffine(source, target, move, new Size(slice.Columns, slice.Rows), InterpolationFlags.Linear, BorderTypes.Constant, new Scalar(Air));
        target.GetArray(out short[] hu);
        return slice with { Hu = hu };
    }
}
