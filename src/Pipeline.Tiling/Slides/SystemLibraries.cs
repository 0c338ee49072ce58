using System.Reflection;
using System.Runtime.InteropServices;

namespace MhdNet.Tiling.Slides;

/// <summary>The system's native libraries that slides are read with, by the name the imports use and by the names Debian 12 and newer systems give them.</summary>
internal static class SystemLibraries
{
    public const string OpenSlide = "openslide";

    public const string Tiff = "tiff";

    public const string TurboJpeg = "turbojpeg";

    private static readonly Dictionary<string, string[]> Names = new()
    {
        [OpenSlide] = ["libopenslide.so.1", "libopenslide.so.0", "libopenslide.so"],
        [Tiff] = ["libtiff.so.6", "libtiff.so.5", "libtiff.so"],
        [TurboJpeg] = ["libturbojpeg.so.0", "libturbojpeg.so"],
    };

    /// <summary>Whether libtiff and libturbojpeg are there, so that tiled JPEG slides need not go through OpenSlide.</summary>
    public static bool CanDecodeTiles { get; } = Load(Tiff) != 0 && Load(TurboJpeg) != 0;

    /// <summary>The library's handle, or 0 where it is not installed.</summary>
    public static nint Load(string name)
    {
        foreach (var candidate in Names[name])
        {
            if (NativeLibrary.TryLoad(candidate, typeof(SystemLibraries).Assembly, searchPath: null, out var handle))
            {
                return handle;
            }
        }

        return 0;
    }

    /// <summary>Sends this assembly's imports to the system's libraries.</summary>
    public static void Register() => NativeLibrary.SetDllImportResolver(typeof(SystemLibraries).Assembly, Resolve);

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? search) => Names.ContainsKey(name) ? Load(name) : 0;
}
