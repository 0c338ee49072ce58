namespace MhdNet.Ingest.Ct.Codecs;

/// <summary>JPEG of 8 bits, baseline and extended sequential (ITU-T T.81, process 1 and, of 8 bits, 2 and 4), by libturbojpeg.</summary>
internal sealed unsafe class JpegBaselineDecoder : IFrameDecoder
{
    /// <inheritdoc/>
    public DecodedFrame Decode(ReadOnlySpan<byte> codeStream, FrameForm form, Span<byte> pixels)
    {
        if (!JpegHeaderParser.TryParse(codeStream, out var header, out var wrong))
        {
            return DecodedFrame.Refused(wrong);
        }

        if (Refusal(header, form, pixels.Length) is { } refusal)
        {
            return DecodedFrame.Refused(refusal);
        }

        SystemCodecs.TurboJpeg.Need();
        return new(header.Precision, Decode(codeStream, header.Rows, header.Columns, pixels));
    }

    private static string? Refusal(JpegHeader header, FrameForm form, int room) =>
        header.Frame is not (JpegMarker.Baseline or JpegMarker.Extended)
            ? $"its compressed frame is {JpegMarker.Name(header.Frame)}, where baseline JPEG is declared"
        : header.Contradiction(form, room) is { } contradiction ? contradiction
        : (header.Precision, form.BitsAllocated) != (8, 8)
            ? $"its baseline JPEG has samples of {header.Precision} bits, where {form.BitsAllocated} are allocated, and 8 are possible"
        : null;

    private static string? Decode(ReadOnlySpan<byte> codeStream, int rows, int columns, Span<byte> pixels)
    {
        const int flags = NativeTurboJpeg.Accurate | NativeTurboJpeg.StopOnWarning;
        var handle = NativeTurboJpeg.InitDecompress();
        if (handle == 0)
        {
            return "libturbojpeg has no memory for its JPEG frame";
        }

        try
        {
            fixed (byte* jpeg = codeStream, target = pixels)
            {
                var size = (nuint)codeStream.Length;
                return NativeTurboJpeg.Decompress(handle, jpeg, size, target, columns, columns, rows, NativeTurboJpeg.Grey, flags) == 0
                    ? null
                    : $"its JPEG frame cannot be decoded: {SystemCodecs.Text(NativeTurboJpeg.ErrorMessage(handle))}";
            }
        }
        finally
        {
            _ = NativeTurboJpeg.Destroy(handle);
        }
    }
}
