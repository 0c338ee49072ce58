using System.Runtime.InteropServices;

namespace MhdNet.Ingest.Ct.Codecs;

/// <summary>
/// The part of CharLS's C interface (<c>charls/charls_jpegls_decoder.h</c>, 2.2 and later) that decodes. Functions return 0 or an error.
/// </summary>
internal static unsafe partial class NativeCharLs
{
    public const string Library = "libcharls.so.2";

    [LibraryImport(Library, EntryPoint = "charls_get_version_string")]
    public static partial byte* Version();

    [LibraryImport(Library, EntryPoint = "charls_get_error_message")]
    public static partial byte* ErrorMessage(int error);

    [LibraryImport(Library, EntryPoint = "charls_jpegls_decoder_create")]
    public static partial nint Create();

    [LibraryImport(Library, EntryPoint = "charls_jpegls_decoder_destroy")]
    public static partial void Destroy(nint decoder);

    /// <summary>The bytes are read until <see cref="Decode"/> returns.</summary>
    [LibraryImport(Library, EntryPoint = "charls_jpegls_decoder_set_source_buffer")]
    public static partial int SetSource(nint decoder, byte* source, nuint length);

    [LibraryImport(Library, EntryPoint = "charls_jpegls_decoder_read_header")]
    public static partial int ReadHeader(nint decoder);

    [LibraryImport(Library, EntryPoint = "charls_jpegls_decoder_get_frame_info")]
    public static partial int GetFrameInfo(nint decoder, FrameInfo* info);

    [LibraryImport(Library, EntryPoint = "charls_jpegls_decoder_get_destination_size")]
    public static partial int GetDestinationSize(nint decoder, uint stride, nuint* size);

    /// <summary>A stride of 0 puts the rows one behind the other.</summary>
    [LibraryImport(Library, EntryPoint = "charls_jpegls_decoder_decode_to_buffer")]
    public static partial int Decode(nint decoder, byte* destination, nuint size, uint stride);

    /// <summary><c>charls_frame_info</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct FrameInfo
    {
        public uint Width;
        public uint Height;
        public int BitsPerSample;
        public int ComponentCount;
    }
}
