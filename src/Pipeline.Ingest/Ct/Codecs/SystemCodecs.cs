using System.Runtime.InteropServices;

namespace MhdNet.Ingest.Ct.Codecs;

/// <summary>The libraries that decode compressed slices, for a check of the installation.</summary>
public static unsafe class SystemCodecs
{
    internal static readonly SystemCodec CharLs = new(NativeCharLs.Library, "CharLS, which decodes JPEG-LS", "libcharls2");
    internal static readonly SystemCodec OpenJpeg = new(NativeOpenJpeg.Library, "OpenJPEG, which decodes JPEG 2000", "libopenjp2-7");
    internal static readonly SystemCodec TurboJpeg = new(NativeTurboJpeg.Library, "libturbojpeg, which decodes JPEG", "libturbojpeg0");

    /// <summary>The files, as the dynamic linker knows them.</summary>
    public const string CharLsFile = NativeCharLs.Library, OpenJpegFile = NativeOpenJpeg.Library;

    /// <summary>CharLS's version.</summary>
    /// <exception cref="DllNotFoundException">It is not installed; the message says how to install it.</exception>
    public static string CharLsVersion()
    {
        CharLs.Need();
        return Text(NativeCharLs.Version());
    }

    /// <summary>OpenJPEG's version.</summary>
    /// <exception cref="DllNotFoundException">It is not installed; the message says how to install it.</exception>
    public static string OpenJpegVersion()
    {
        OpenJpeg.Need();
        return Text(NativeOpenJpeg.Version());
    }

    /// <summary>Text of a library, which keeps it.</summary>
    internal static string Text(byte* text) => Marshal.PtrToStringUTF8((nint)text) ?? "";
}
