using OpenCvSharp;

namespace MhdNet.Training.Batches;

/// <summary>Resizes frames as the method says: pixel-area averaging when shrinking, bilinear with half-pixel centres when enlarging.</summary>
public static class FrameSize
{
    /// <summary>Resizes one frame to a square.</summary>
    /// <param name="frame">Row by row, the channels of a pixel side by side.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="channels">1 or 3.</param>
    /// <param name="size">Edge of the result.</param>
    /// <returns>The same array where nothing is to do.</returns>
    public static float[] Square(float[] frame, int height, int width, int channels, int size)
    {
        if (height == size && width == size)
        {
            return frame;
        }

        using var from = Mat.FromPixelData(height, width, MatType.CV_32FC(channels), frame);
        using var to = new Mat();
        Cv2.Resize(from, to, new Size(size, size), 0, 0, height > size || width > size ? InterpolationFlags.Area : InterpolationFlags.Linear);
        var resized = new float[size * size * channels];
        System.Runtime.InteropServices.Marshal.Copy(to.Data, resized, 0, resized.Length);
        return resized;
    }
}
