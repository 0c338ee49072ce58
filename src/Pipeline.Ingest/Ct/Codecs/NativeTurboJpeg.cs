using System.Runtime.InteropServices;

namespace MhdNet.Ingest.Ct.Codecs;

/// <summary>The part of TurboJPEG's C interface (<c>turbojpeg.h</c>, libjpeg-turbo 2.0 and later) that decompresses.</summary>
internal static unsafe partial class NativeTurboJpeg
{
    public const string Library = "libturbojpeg.so.0";

    /// <summary><c>TJPF_GRAY</c>.</summary>
    public const int Grey = 6;

    /// <summary><c>TJFLAG_ACCURATEDCT</c> and <c>TJFLAG_STOPONWARNING</c>.</summary>
    public const int Accurate = 4096, StopOnWarning = 8192;

    [LibraryImport(Library, EntryPoint = "tjInitDecompress")]
    public static partial nint InitDecompress();

    [LibraryImport(Library, EntryPoint = "tjDestroy")]
    public static partial int Destroy(nint handle);

    /// <summary>-1 where the stream is damaged, if only in part.</summary>
    [LibraryImport(Library, EntryPoint = "tjDecompress2")]
    public static partial int Decompress(
        nint handle, byte* jpeg, nuint size, byte* target, int width, int pitch, int height, int pixelFormat, int flags);

    /// <summary>The handle keeps it.</summary>
    [LibraryImport(Library, EntryPoint = "tjGetErrorStr2")]
    public static partial byte* ErrorMessage(nint handle);
}
