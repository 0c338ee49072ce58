using MhdNet.Ingest.Ct.Dicom;
using OpenCvSharp;

namespace MhdNet.Ingest.Ct;

/// <summary>Slices to frames: pixel-area averaging where a slice shrinks in both directions, bilinear with half-pixel centres where it grows.</summary>
public static class FrameResize
{
    /// <summary>Hounsfield units of a frame of <paramref name="size"/> x <paramref name="size"/> pixels, row after row.</summary>
    public static short[] To(SliceImage slice, int size)
    {
        if (slice.Rows == size && slice.Columns == size)
        {
            return slice.Hu;
        }

        if (slice.Rows >= size && slice.Columns >= size)
        {
            return AreaAverage.Of(slice.Hu, slice.Rows, slice.Columns, size);
        }

        using var source = Mat.FromPixelData(slice.Rows, slice.Columns, MatType.CV_16SC1, slice.Hu);
        using var target = new Mat();
        Cv2.Resize(source, target, new Size(size, size), 0, 0, InterpolationFlags.Linear);
        target.GetArray(out short[] frame);
        return frame;
    }
}
