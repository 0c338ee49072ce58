using System.Buffers;
using System.Runtime.InteropServices;

namespace MhdNet.Ingest.Ct.Codecs;

/// <summary>JPEG-LS, lossless and near-lossless (ISO 14495-1), by CharLS.</summary>
internal sealed unsafe class JpegLsDecoder : IFrameDecoder
{
    private const int UnexpectedFailure = 14;

    /// <inheritdoc/>
    public DecodedFrame Decode(ReadOnlySpan<byte> codeStream, FrameForm form, Span<byte> pixels)
    {
        var wrong = JpegLsHeader.Read(codeStream, out var header)
            ?? form.Contradiction("JPEG-LS", header.Rows, header.Columns, header.Precision, pixels.Length);
        if (wrong is not null)
        {
            return DecodedFrame.Refused(wrong);
        }

        SystemCodecs.CharLs.Need();
        return new(header.Precision, header.Precision > 8 || form.BitsAllocated == 8
            ? Decode(codeStream, header, pixels)
            : DecodeNarrow(codeStream, header, pixels));
    }

    /// <summary>Samples of up to 8 bits come in bytes, whatever room they have.</summary>
    private static string? DecodeNarrow(ReadOnlySpan<byte> codeStream, JpegLsHeader header, Span<byte> pixels)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(pixels.Length / 2);
        try
        {
            var samples = bytes.AsSpan(0, pixels.Length / 2);
            var wrong = Decode(codeStream, header, samples);
            var words = MemoryMarshal.Cast<byte, ushort>(pixels);
            for (var i = 0; i < words.Length && wrong is null; i++)
            {
                words[i] = samples[i];
            }

            return wrong;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private static string? Decode(ReadOnlySpan<byte> codeStream, JpegLsHeader header, Span<byte> samples)
    {
        var decoder = NativeCharLs.Create();
        try
        {
            fixed (byte* source = codeStream, destination = samples)
            {
                var info = default(NativeCharLs.FrameInfo);
                nuint size = 0;
                var error = decoder == 0 ? UnexpectedFailure : NativeCharLs.SetSource(decoder, source, (nuint)codeStream.Length);
                error = error != 0 ? error : NativeCharLs.ReadHeader(decoder);
                error = error != 0 ? error : NativeCharLs.GetFrameInfo(decoder, &info);
                error = error != 0 ? error : NativeCharLs.GetDestinationSize(decoder, 0, &size);
                if (error != 0)
                {
                    return Sentence(error);
                }

                // CharLS has read the same header, and must have understood the same.
                if ((info.Height, info.Width) != ((uint)header.Rows, (uint)header.Columns) || info.ComponentCount != 1
                    || info.BitsPerSample != header.Precision || size != (nuint)samples.Length)
                {
                    return "CharLS finds another image in its JPEG-LS frame than its header declares";
                }

                error = NativeCharLs.Decode(decoder, destination, size, 0);
                return error == 0 ? null : Sentence(error);
            }
        }
        finally
        {
            NativeCharLs.Destroy(decoder);
        }
    }

    private static string Sentence(int error) =>
        $"its JPEG-LS frame cannot be decoded: {SystemCodecs.Text(NativeCharLs.ErrorMessage(error)).TrimEnd('.')}";
}
