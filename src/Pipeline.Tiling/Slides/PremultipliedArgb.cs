using OpenCvSharp;

namespace MhdNet.Tiling.Slides;

/// <summary>Pixels as Cairo and OpenSlide hold them: 0xAARRGGBB, colours already multiplied by alpha.</summary>
internal static unsafe class PremultipliedArgb
{
    /// <summary>
    /// Lays the pixels over white: <c>c + (255 - alpha)</c>, exact because the colours are premultiplied.
    /// Where nothing was scanned alpha is 0, and a slide's natural background is white.
    /// </summary>
    /// <returns>8-bit RGB of <paramref name="height"/> rows.</returns>
    public static Mat OverWhite(ReadOnlySpan<uint> pixels, int width, int height)
    {
        var rgb = new Mat(height, width, MatType.CV_8UC3);
        for (var y = 0; y < height; y++)
        {
            var row = pixels.Slice(y * width, width);
            var target = (byte*)rgb.Ptr(y);
            foreach (var pixel in row)
            {
                var white = 255 - (pixel >> 24);
                target[0] = (byte)Math.Min(255, ((pixel >> 16) & 255) + white);
                target[1] = (byte)Math.Min(255, ((pixel >> 8) & 255) + white);
                target[2] = (byte)Math.Min(255, (pixel & 255) + white);
                target += 3;
            }
        }

        return rgb;
    }
}
