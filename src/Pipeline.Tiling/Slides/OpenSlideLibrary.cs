using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MhdNet.Tiling.Slides;

/// <summary>The OpenSlide library as a part of the process.</summary>
public static class OpenSlideLibrary
{
    /// <summary>
    /// Loads OpenSlide, if it is installed. It must happen before OpenCvSharp's native library is loaded, so a process that reads slides calls this first of all.
    /// OpenCvSharp's library exports the functions of a libjpeg of its own and, through GTK, pulls in the system's libjpeg. Loaded second, OpenSlide would share a
    /// system libjpeg whose inner calls end in OpenCvSharp's, which has another layout: the process dies with a segmentation fault at the first JPEG tile.
    /// The same holds for libtiff and libturbojpeg, which are loaded with it.
    /// </summary>
    /// <returns>Whether OpenSlide is there.</returns>
    public static bool LoadFirst()
    {
        var there = SystemLibraries.Load(SystemLibraries.OpenSlide) != 0;
        SystemLibraries.Load(SystemLibraries.Tiff);
        SystemLibraries.Load(SystemLibraries.TurboJpeg);
        return there;
    }

    /// <summary>The version of the library, for a check of the installation.</summary>
    /// <exception cref="SlideException">OpenSlide is not installed.</exception>
    public static unsafe string Version()
    {
        try
        {
            return Marshal.PtrToStringUTF8((nint)NativeOpenSlide.GetVersion()) ?? "unknown";
        }
        catch (DllNotFoundException e)
        {
            throw Missing(e);
        }
    }

    internal static SlideException Missing(DllNotFoundException cause) =>
        new("openslide-missing", "OpenSlide is not installed, so no slide can be read. Install libopenslide0 (Debian 12, Ubuntu 22.04) or libopenslide1.", cause);

    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "Imports must find their libraries whichever class of this assembly is used first.")]
    internal static void Register() => SystemLibraries.Register();
}
