using System.Globalization;
using MhdNet.Ingest.Ct.Dicom;
using OpenCvSharp;

namespace MhdNet.Ingest.Ct;

/// <summary>The quality picture of a series: every frame that went into a sequence, windowed, with slice index and position written in.</summary>
/// <param name="low">Hounsfield value shown black.</param>
/// <param name="high">Hounsfield value shown white.</param>
public sealed class Montage(int low, int high)
{
    private const int Across = 6, Thumbnail = 128, Caption = 14;
    private readonly List<(byte[] Pixels, string Label)> _frames = [];
    private readonly byte[] _greys = [.. Enumerable.Range(0, high - low + 1).Select(hu => (byte)(hu * 255 / (high - low)))];

    /// <summary>Adds a square frame. Only a thumbnail is kept.</summary>
    /// <param name="hu">Hounsfield units, row after row.</param>
    /// <param name="slice">Index in the ordered series.</param>
    /// <param name="zMm">Position in mm.</param>
    public void Add(short[] hu, double slice, double zMm)
    {
        var size = (int)Math.Sqrt(hu.Length);
        var small = FrameResize.To(new SliceImage(hu, size, size), Thumbnail);
        var grey = new byte[small.Length];
        for (var i = 0; i < grey.Length; i++)
        {
            grey[i] = _greys[Math.Clamp(small[i], low, high) - low];
        }

        if (small != hu)
        {
            SpareFrames.Keep(small);
        }

        _frames.Add((grey, string.Create(CultureInfo.InvariantCulture, $"{slice:0.#}  z {zMm:0.0} mm")));
    }

    /// <summary>All frames in rows of six, in the order they came, as JPEG.</summary>
    public byte[] ToJpeg()
    {
        var rows = Math.Max(1, (_frames.Count + Across - 1) / Across);
        using var picture = new Mat(rows * (Thumbnail + Caption), Across * Thumbnail, MatType.CV_8UC1, Scalar.Black);
        for (var i = 0; i < _frames.Count; i++)
        {
            var (x, y) = (i % Across * Thumbnail, i / Across * (Thumbnail + Caption));
            using var from = Mat.FromPixelData(Thumbnail, Thumbnail, MatType.CV_8UC1, _frames[i].Pixels);
            using var to = new Mat(picture, new Rect(x, y + Caption, Thumbnail, Thumbnail));
            from.CopyTo(to);
            Cv2.PutText(picture, _frames[i].Label, new Point(x + 3, y + Caption - 4), HersheyFonts.HersheySimplex, 0.33, Scalar.White, 1, LineTypes.AntiAlias);
        }

        Cv2.ImEncode(".jpg", picture, out var jpeg, new ImageEncodingParam(ImwriteFlags.JpegQuality, 88));
        return jpeg;
    }
}
