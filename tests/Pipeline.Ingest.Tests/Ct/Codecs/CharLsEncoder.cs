using System.Runtime.InteropServices;

namespace MhdNet.Ingest.Tests.Ct.Codecs;

/// <summary>CharLS's own encoder, through its C interface.</summary>
internal static unsafe partial class CharLsEncoder
{
    private const string Library = "libcharls.so.2";

    /// <summary>Encodes samples of up to 8 bits in bytes, or of more in words.</summary>
    public static byte[] Encode(ReadOnlySpan<byte> samples, int rows, int columns, int precision, int near)
    {
        Skip.IfNot(NativeLibrary.TryLoad(Library, out _), $"needs {Library}, which is not here");
        var stream = new byte[(samples.Length * 2) + 1024];
        var encoder = Create();
        try
        {
            int* info = stackalloc int[] { columns, rows, precision, 1 };
            nuint written;
            fixed (byte* source = samples, target = stream)
            {
                Assert.Equal(0, SetFrame(encoder, info));
                Assert.Equal(0, SetNear(encoder, near));
                Assert.Equal(0, SetDestination(encoder, target, (nuint)stream.Length));
                Assert.Equal(0, Run(encoder, source, (nuint)samples.Length, 0));
                Assert.Equal(0, BytesWritten(encoder, &written));
            }

            return stream[..(int)written];
        }
        finally
        {
            Destroy(encoder);
        }
    }

    [LibraryImport(Library, EntryPoint = "charls_jpegls_encoder_create")]
    private static partial nint Create();

    [LibraryImport(Library, EntryPoint = "charls_jpegls_encoder_destroy")]
    private static partial void Destroy(nint encoder);

    [LibraryImport(Library, EntryPoint = "charls_jpegls_encoder_set_frame_info")]
    private static partial int SetFrame(nint encoder, int* info);

    [LibraryImport(Library, EntryPoint = "charls_jpegls_encoder_set_near_lossless")]
    private static partial int SetNear(nint encoder, int near);

    [LibraryImport(Library, EntryPoint = "charls_jpegls_encoder_set_destination_buffer")]
    private static partial int SetDestination(nint encoder, byte* target, nuint length);

    [LibraryImport(Library, EntryPoint = "charls_jpegls_encoder_encode_from_buffer")]
    private static partial int Run(nint encoder, byte* source, nuint length, uint stride);

    [LibraryImport(Library, EntryPoint = "charls_jpegls_encoder_get_bytes_written")]
    private static partial int BytesWritten(nint encoder, nuint* bytes);
}
