using System.Runtime.InteropServices;

namespace MhdNet.Tiling.Slides.Jpeg;

/// <summary>The part of TurboJPEG's C API (<c>turbojpeg.h</c>, libjpeg-turbo 1.4 and later) that decompresses.</summary>
internal static unsafe partial class NativeTurboJpeg
{
    /// <summary><c>TJPF_RGB</c>.</summary>
    public const int Rgb = 0;

    private const string Library = SystemLibraries.TurboJpeg;

    [LibraryImport(Library, EntryPoint = "tjInitDecompress")]
    public static partial nint InitDecompress();

    [LibraryImport(Library, EntryPoint = "tjDestroy")]
    public static partial int Destroy(nint handle);

    /// <summary>Decodes at the largest of the library's scales that fits <paramref name="width"/> x <paramref name="height"/>; -1 where the stream is damaged, if only in part.</summary>
    [LibraryImport(Library, EntryPoint = "tjDecompress2")]
    public static partial int Decompress(nint handle, byte* jpeg, nuint size, byte* target, int width, int pitch, int height, int pixelFormat, int flags);
}
