using System.Runtime.InteropServices;

namespace MhdNet.Tiling.Slides.Tiff;

/// <summary>The part of libtiff's C API (<c>tiffio.h</c>) that reads directories and whole tiles or rows.</summary>
internal static unsafe partial class NativeTiff
{
    private const string Library = SystemLibraries.Tiff;

    static NativeTiff()
    {
        // What libtiff thinks of a file is told by return values; its sentences on stderr name no slide.
        SetErrorHandler(0);
        SetWarningHandler(0);
    }

    [LibraryImport(Library, EntryPoint = "TIFFGetVersion")]
    public static partial byte* GetVersion();

    [LibraryImport(Library, EntryPoint = "TIFFOpen", StringMarshalling = StringMarshalling.Utf8)]
    public static partial TiffHandle Open(string path, string mode);

    [LibraryImport(Library, EntryPoint = "TIFFClose")]
    public static partial void Close(nint tiff);

    [LibraryImport(Library, EntryPoint = "TIFFReadDirectory")]
    public static partial int ReadDirectory(TiffHandle tiff);

    [LibraryImport(Library, EntryPoint = "TIFFLastDirectory")]
    public static partial int LastDirectory(TiffHandle tiff);

    [LibraryImport(Library, EntryPoint = "TIFFSetDirectory")]
    public static partial int SetDirectory(TiffHandle tiff, uint directory);

    [LibraryImport(Library, EntryPoint = "TIFFIsTiled")]
    public static partial int IsTiled(TiffHandle tiff);

    // Variadic in C; on x86-64 and arm64 Linux pointers are passed the same way as in a plain call.
    [LibraryImport(Library, EntryPoint = "TIFFGetFieldDefaulted")]
    public static partial int GetField(TiffHandle tiff, uint tag, void* value);

    [LibraryImport(Library, EntryPoint = "TIFFGetField")]
    public static partial int GetField(TiffHandle tiff, uint tag, uint* count, void** data);

    [LibraryImport(Library, EntryPoint = "TIFFReadRGBATileExt")]
    public static partial int ReadRgbaTile(TiffHandle tiff, uint x, uint y, uint* raster, int stopOnError);

    [LibraryImport(Library, EntryPoint = "TIFFReadRGBAStripExt")]
    public static partial int ReadRgbaStrip(TiffHandle tiff, uint row, uint* raster, int stopOnError);

    [LibraryImport(Library, EntryPoint = "TIFFRGBAImageOK")]
    public static partial int RgbaImageOk(TiffHandle tiff, byte* message);

    [LibraryImport(Library, EntryPoint = "TIFFSetErrorHandler")]
    private static partial nint SetErrorHandler(nint handler);

    [LibraryImport(Library, EntryPoint = "TIFFSetWarningHandler")]
    private static partial nint SetWarningHandler(nint handler);
}
