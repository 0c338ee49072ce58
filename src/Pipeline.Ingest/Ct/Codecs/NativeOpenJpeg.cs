using System.Runtime.InteropServices;

namespace MhdNet.Ingest.Ct.Codecs;

/// <summary>
/// The part of OpenJPEG's C interface (<c>openjpeg.h</c>, 2.2 and later) that decodes. Functions return 1, or 0 where they fail.
/// </summary>
internal static unsafe partial class NativeOpenJpeg
{
    public const string Library = "libopenjp2.so.7";

    /// <summary><c>OPJ_CODEC_J2K</c>: a code stream, not a file of boxes.</summary>
    public const int CodeStream = 0;

    /// <summary>Room for <c>opj_dparameters_t</c>, which has 8,252 bytes in 2.5 and is filled by the library alone.</summary>
    public const int ParametersRoom = 1 << 14;

    [LibraryImport(Library, EntryPoint = "opj_version")]
    public static partial byte* Version();

    [LibraryImport(Library, EntryPoint = "opj_create_decompress")]
    public static partial nint CreateDecompress(int format);

    [LibraryImport(Library, EntryPoint = "opj_destroy_codec")]
    public static partial void DestroyCodec(nint codec);

    [LibraryImport(Library, EntryPoint = "opj_set_error_handler")]
    public static partial int SetErrorHandler(nint codec, delegate* unmanaged[Cdecl]<byte*, void*, void> handler, void* data);

    [LibraryImport(Library, EntryPoint = "opj_set_default_decoder_parameters")]
    public static partial void SetDefaultParameters(byte* parameters);

    [LibraryImport(Library, EntryPoint = "opj_setup_decoder")]
    public static partial int SetupDecoder(nint codec, byte* parameters);

    [LibraryImport(Library, EntryPoint = "opj_codec_set_threads")]
    public static partial int SetThreads(nint codec, int threads);

    [LibraryImport(Library, EntryPoint = "opj_read_header")]
    public static partial int ReadHeader(nint stream, nint codec, OpenJpegImage** image);

    [LibraryImport(Library, EntryPoint = "opj_decode")]
    public static partial int Decode(nint codec, nint stream, OpenJpegImage* image);

    [LibraryImport(Library, EntryPoint = "opj_image_destroy")]
    public static partial void DestroyImage(OpenJpegImage* image);

    [LibraryImport(Library, EntryPoint = "opj_stream_create")]
    public static partial nint CreateStream(nuint buffer, int isInput);

    [LibraryImport(Library, EntryPoint = "opj_stream_destroy")]
    public static partial void DestroyStream(nint stream);

    [LibraryImport(Library, EntryPoint = "opj_stream_set_read_function")]
    public static partial void SetRead(nint stream, delegate* unmanaged[Cdecl]<byte*, nuint, void*, nuint> read);

    [LibraryImport(Library, EntryPoint = "opj_stream_set_skip_function")]
    public static partial void SetSkip(nint stream, delegate* unmanaged[Cdecl]<long, void*, long> skip);

    [LibraryImport(Library, EntryPoint = "opj_stream_set_seek_function")]
    public static partial void SetSeek(nint stream, delegate* unmanaged[Cdecl]<long, void*, int> seek);

    [LibraryImport(Library, EntryPoint = "opj_stream_set_user_data")]
    public static partial void SetData(nint stream, void* data, nint free);

    [LibraryImport(Library, EntryPoint = "opj_stream_set_user_data_length")]
    public static partial void SetDataLength(nint stream, ulong length);
}
