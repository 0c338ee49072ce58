using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MhdNet.Ingest.Ct.Codecs;

/// <summary>
/// A code stream in memory as OpenJPEG reads it, and the first error that it tells. It lives on the stack of the thread that decodes, where
/// nothing moves it.
/// </summary>
internal unsafe struct OpenJpegSource
{
    private const int LongestError = 200;
    private byte* _bytes;
    private long _length;
    private long _position;
    private int _hasError;
    private int _errorLength;
    private fixed byte _error[LongestError];

    /// <summary>What OpenJPEG said first; empty where it said nothing.</summary>
    public readonly string Error
    {
        get
        {
            fixed (byte* error = _error)
            {
                return Marshal.PtrToStringUTF8((nint)error, _errorLength).TrimEnd('\n', '.', ' ');
            }
        }
    }

    /// <summary>Makes a stream of it and lets the codec tell it its errors.</summary>
    /// <param name="source">Stays where it is as long as the stream is used.</param>
    /// <param name="bytes">The code stream; stays where it is, too.</param>
    /// <param name="length">Its length.</param>
    /// <param name="codec">The decoder.</param>
    /// <returns>The stream, to be destroyed; 0 where there is no memory.</returns>
    public static nint Open(OpenJpegSource* source, byte* bytes, int length, nint codec)
    {
        source->_bytes = bytes;
        source->_length = length;
        _ = NativeOpenJpeg.SetErrorHandler(codec, &TakeError, source);
        var stream = NativeOpenJpeg.CreateStream((nuint)Math.Clamp(length, 1 << 10, 1 << 20), 1);
        if (stream != 0)
        {
            NativeOpenJpeg.SetData(stream, source, 0);
            NativeOpenJpeg.SetDataLength(stream, (ulong)length);
            NativeOpenJpeg.SetRead(stream, &Read);
            NativeOpenJpeg.SetSkip(stream, &Skip);
            NativeOpenJpeg.SetSeek(stream, &Seek);
        }

        return stream;
    }

    /// <summary>-1 at the end.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nuint Read(byte* into, nuint most, void* data)
    {
        var source = (OpenJpegSource*)data;
        var count = (long)Math.Min(most, (ulong)(source->_length - source->_position));
        if (count == 0)
        {
            return nuint.MaxValue;
        }

        Buffer.MemoryCopy(source->_bytes + source->_position, into, (long)most, count);
        source->_position += count;
        return (nuint)count;
    }

    /// <summary>-1 where it leads out of the stream.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static long Skip(long count, void* data)
    {
        var source = (OpenJpegSource*)data;
        if (count < -source->_position || count > source->_length - source->_position)
        {
            return -1;
        }

        source->_position += count;
        return count;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Seek(long position, void* data)
    {
        var source = (OpenJpegSource*)data;
        if (position < 0 || position > source->_length)
        {
            return 0;
        }

        source->_position = position;
        return 1;
    }

    /// <summary>Of any of the codec's threads.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void TakeError(byte* message, void* data)
    {
        var source = (OpenJpegSource*)data;
        if (message is null || Interlocked.Exchange(ref source->_hasError, 1) != 0)
        {
            return;
        }

        var text = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(message);
        var length = Math.Min(text.Length, LongestError);
        text[..length].CopyTo(new Span<byte>(source->_error, LongestError));
        source->_errorLength = length;
    }
}
