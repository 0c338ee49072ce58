using NetVips;
using OpenCvSharp;

namespace MhdNet.Tiling.Phantom;

/// <summary>Writes a pyramidal TIFF with 256-pixel JPEG tiles, as scanners do.</summary>
internal static class PyramidTiff
{
    /// <summary>Writes 8-bit RGB pixels.</summary>
    /// <param name="path">Where to; an existing file is replaced.</param>
    /// <param name="rgb">The pixels of level 0.</param>
    /// <param name="mpp">Their edge in µm, written as the TIFF resolution.</param>
    public static void Write(string path, Mat rgb, double mpp)
    {
        var bytes = (ulong)rgb.Total() * 3;
        using var image = NetVips.Image.NewFromMemory(rgb.Data, bytes, rgb.Width, rgb.Height, 3, Enums.BandFormat.Uchar);
        using var coloured = image.Copy(interpretation: Enums.Interpretation.Srgb);
        var perMm = 1000 / mpp;
        coloured.Tiffsave(
            path, compression: Enums.ForeignTiffCompression.Jpeg, q: 85, tile: true, tileWidth: 256, tileHeight: 256, pyramid: true,
            xres: perMm, yres: perMm, resunit: Enums.ForeignTiffResunit.Cm);
        GC.KeepAlive(rgb);
    }
}
