using System.Runtime.InteropServices;

namespace MhdNet.Ingest.Ct.Dicom;

/// <summary>The native DICOM library behind Debian's package <c>libgdcm-cil</c>: found, loaded and made quiet, once.</summary>
public static class Gdcm
{
    private const string Glue = "gdcmsharpglue";

    /// <summary>Where Debian's package puts the native library behind its C# binding.</summary>
    public const string DebianPath = "/usr/lib/cli/gdcm-sharp-3.0/libgdcmsharpglue.so";
    private static readonly Lazy<string> Loaded = new(Load);

    /// <summary>GDCM's version.</summary>
    /// <exception cref="DllNotFoundException">GDCM is not installed; the message says how to install it.</exception>
    public static string Version => Loaded.Value;

    private static string Load()
    {
        try
        {
            NativeLibrary.SetDllImportResolver(typeof(gdcm.Reader).Assembly, Resolve);
            gdcm.Trace.WarningOff();
            gdcm.Trace.ErrorOff();
            gdcm.Trace.DebugOff();
            return gdcm.Version.GetVersion();
        }
        catch (Exception e) when (e is FileNotFoundException or DllNotFoundException || e.InnerException is DllNotFoundException)
        {
            throw new DllNotFoundException($"GDCM, which decodes DICOM images, was not found ({DebianPath}). Install it: apt-get install libgdcm-cil", e);
        }
    }

    private static IntPtr Resolve(string name, System.Reflection.Assembly assembly, DllImportSearchPath? path) => name != Glue
        ? IntPtr.Zero
        : NativeLibrary.TryLoad("lib" + Glue + ".so", assembly, path, out var library) || NativeLibrary.TryLoad(DebianPath, out library)
            ? library
            : throw new DllNotFoundException(DebianPath);
}
