using System.Runtime.InteropServices;
using MhdNet.Tiling.Slides.Tiff;

namespace MhdNet.Tiling.Slides;

/// <summary>libtiff and libturbojpeg: without them slides are read through OpenSlide alone, JPEG tiles several times as slowly, and a TIFF that OpenSlide refuses not at all.</summary>
public static class JpegTileLibraries
{
    /// <summary>What is there, for a check of the installation.</summary>
    /// <exception cref="SlideException">One is missing; the message names it.</exception>
    public static unsafe string Version()
    {
        string[] missing = [.. new[] { (SystemLibraries.Tiff, "libtiff"), (SystemLibraries.TurboJpeg, "libturbojpeg") }.Where(library => SystemLibraries.Load(library.Item1) == 0).Select(library => library.Item2)];
        if (missing.Length > 0)
        {
            throw new SlideException("library-missing", $"{string.Join(" and ", missing)} not found: slides with JPEG tiles are read several times as slowly");
        }

        var words = (Marshal.PtrToStringUTF8((nint)NativeTiff.GetVersion()) ?? "").Split('\n')[0].Split(' ');
        return $"libtiff {words[^1]}, libturbojpeg";
    }
}
