using System.Runtime.InteropServices;

namespace MhdNet.Tiling.Slides;

/// <summary>The C API of OpenSlide, as in <c>openslide.h</c>; the library is Debian's libopenslide0 or libopenslide1.</summary>
internal static unsafe partial class NativeOpenSlide
{
    private const string Library = SystemLibraries.OpenSlide;

    [LibraryImport(Library, EntryPoint = "openslide_open", StringMarshalling = StringMarshalling.Utf8)]
    public static partial SlideHandle Open(string path);

    [LibraryImport(Library, EntryPoint = "openslide_close")]
    public static partial void Close(nint slide);

    [LibraryImport(Library, EntryPoint = "openslide_get_error")]
    public static partial byte* GetError(SlideHandle slide);

    [LibraryImport(Library, EntryPoint = "openslide_get_level_count")]
    public static partial int GetLevelCount(SlideHandle slide);

    [LibraryImport(Library, EntryPoint = "openslide_get_level_dimensions")]
    public static partial void GetLevelDimensions(SlideHandle slide, int level, out long width, out long height);

    [LibraryImport(Library, EntryPoint = "openslide_get_level_downsample")]
    public static partial double GetLevelDownsample(SlideHandle slide, int level);

    [LibraryImport(Library, EntryPoint = "openslide_read_region")]
    public static partial void ReadRegion(SlideHandle slide, uint* destination, long x, long y, int level, long width, long height);

    [LibraryImport(Library, EntryPoint = "openslide_get_property_names")]
    public static partial byte** GetPropertyNames(SlideHandle slide);

    [LibraryImport(Library, EntryPoint = "openslide_get_property_value")]
    public static partial byte* GetPropertyValue(SlideHandle slide, byte* name);

    [LibraryImport(Library, EntryPoint = "openslide_get_version")]
    public static partial byte* GetVersion();
}
