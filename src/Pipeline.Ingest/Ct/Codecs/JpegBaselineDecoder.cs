using System.Buffers.Binary;

namespace MhdNet.Ingest.Ct.Codecs;

/// <summary>JPEG of 8 bits, baseline and extended sequential (ITU-T T.81, process 1 and, of 8 bits, 2 and 4), by libturbojpeg.</summary>
internal sealed unsafe class JpegBaselineDecoder : IFrameDecoder
{
    private const byte Baseline = 0xC0, Extended = 0xC1;

    /// <inheritdoc/>
    public DecodedFrame Decode(ReadOnlySpan<byte> codeStream, FrameForm form, Span<byte> pixels)
    {
        var wrong = ReadHeader(codeStream, out var rows, out var columns)
            ?? (form.BitsAllocated == 8 ? null : $"its JPEG frame has samples of 8 bits, where {form.BitsAllocated} are allocated")
            ?? form.Contradiction("JPEG", rows, columns, 8, pixels.Length);
        if (wrong is not null)
        {
            return DecodedFrame.Refused(wrong);
        }

        SystemCodecs.TurboJpeg.Need();
        return new(8, Decode(codeStream, rows, columns, pixels));
    }

    /// <summary>The frame header (B.2.2).</summary>
    private static string? ReadHeader(ReadOnlySpan<byte> stream, out int rows, out int columns)
    {
        (rows, columns) = (0, 0);
        var segments = new JpegSegments(stream);
        while (segments.Next())
        {
            var marker = segments.Marker;
            var segment = segments.Segment;
            if (marker == JpegSegments.StartOfScan)
            {
                return rows > 0 ? null : "its JPEG frame has no frame header before its scan";
            }

            if (marker is (>= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC)) or 0xF7)
            {
                if (marker is not (Baseline or Extended) || segment.Length < 9 || segment[0] != 8 || segment[5] != 1 || rows > 0)
                {
                    return "its compressed frame is no baseline JPEG of 8 bits and one component";
                }

                (rows, columns) = (BinaryPrimitives.ReadUInt16BigEndian(segment[1..]), BinaryPrimitives.ReadUInt16BigEndian(segment[3..]));
            }
        }

        return "its compressed frame does not start as a JPEG image does, or breaks off before its scan";
    }

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
