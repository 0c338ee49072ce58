using System.Buffers;
using System.Runtime.InteropServices;

namespace MhdNet.Ingest.Ct.Codecs;

/// <summary>
/// Lossless JPEG with Huffman coding, DICOM's process 14 (ITU-T T.81, annex H): predictors 1 to 7, 2 to 16 bits, point transform, restart
/// intervals of whole rows. Samples are what prediction and difference come to modulo 2^16 (H.1.2.1), without a limit at the declared
/// precision: signed values of fewer bits are coded like that.
/// </summary>
internal sealed class JpegLosslessDecoder : IFrameDecoder
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

        if (header.Tables.Dc(header.DcTable) is not { } codes)
        {
            return DecodedFrame.Refused("its lossless JPEG lacks the Huffman table that it uses");
        }

        return HuffmanTable.Build(codes, runs: false) is { } table
            ? new(header.Precision, Decode(codeStream[header.Scan..], header, new(table), form, pixels))
            : DecodedFrame.Refused("its lossless JPEG has a Huffman table that makes no code");
    }

    private static string? Refusal(JpegHeader header, FrameForm form, int room) =>
        header.Frame != JpegMarker.Lossless ? $"its compressed frame is {JpegMarker.Name(header.Frame)}, where lossless JPEG is declared"
        : header.Contradiction(form, room) is { } contradiction ? contradiction
        : header.Precision is < 2 or > 16 ? $"its lossless JPEG has samples of {header.Precision} bits, where 2 to 16 are possible"
        : header.Selection is < 1 or > 7 ? $"its lossless JPEG has predictor {header.Selection}, where 1 to 7 are possible"
        : header.Approximation.Low >= header.Precision
            ? $"its lossless JPEG leaves out {header.Approximation.Low} of {header.Precision} bits"
        : header.RestartInterval % header.Columns != 0 && header.RestartInterval < (long)header.Rows * header.Columns
            ? $"its lossless JPEG starts anew after {header.RestartInterval} samples, which are not whole rows of {header.Columns}"
        : null;

    private static string? Decode(ReadOnlySpan<byte> coded, JpegHeader header, DifferenceTable table, FrameForm form, Span<byte> pixels)
    {
        var reader = new JpegBitReader(coded, LosslessDifferences.MostBytes(form.Columns));
        try
        {
            return form.BitsAllocated == 16
                ? DecodeWords(ref reader, header, table, MemoryMarshal.Cast<byte, ushort>(pixels))
                : DecodeBytes(ref reader, header, table, pixels);
        }
        finally
        {
            reader.Dispose();
        }
    }

    /// <summary>Samples of 16 bits are decoded where they belong.</summary>
    private static string? DecodeWords(ref JpegBitReader reader, JpegHeader header, DifferenceTable table, Span<ushort> pixels)
    {
        var above = Span<ushort>.Empty;
        for (var row = 0; row < header.Rows; row++)
        {
            var samples = pixels.Slice(row * header.Columns, header.Columns);
            if (DecodeRow(ref reader, header, table, row, samples, above) is { } wrong)
            {
                return wrong;
            }

            above = samples;
        }

        // The point transform (H.1.2.1): predicted are the samples without their lowest bits.
        for (var i = 0; i < pixels.Length && header.Approximation.Low > 0; i++)
        {
            pixels[i] <<= header.Approximation.Low;
        }

        return null;
    }

    /// <summary>Samples of 8 bits go through rows of 16, in which they are predicted.</summary>
    private static string? DecodeBytes(ref JpegBitReader reader, JpegHeader header, DifferenceTable table, Span<byte> pixels)
    {
        var rows = ArrayPool<ushort>.Shared.Rent(2 * header.Columns);
        try
        {
            var samples = rows.AsSpan(0, header.Columns);
            var above = rows.AsSpan(header.Columns, header.Columns);
            for (var row = 0; row < header.Rows; row++)
            {
                if (DecodeRow(ref reader, header, table, row, samples, above) is { } wrong)
                {
                    return wrong;
                }

                var into = pixels.Slice(row * header.Columns, header.Columns);
                for (var i = 0; i < into.Length; i++)
                {
                    into[i] = (byte)(samples[i] << header.Approximation.Low);
                }

                var done = samples;
                samples = above;
                above = done;
            }

            return null;
        }
        finally
        {
            ArrayPool<ushort>.Shared.Return(rows);
        }
    }

    /// <summary>
    /// The first row, also behind a restart, is predicted from the left, its first sample by half of what is possible (H.1.2.1).
    /// </summary>
    private static string? DecodeRow(
        ref JpegBitReader reader, JpegHeader header, DifferenceTable table, int row, Span<ushort> samples, ReadOnlySpan<ushort> above)
    {
        var place = row * (long)header.Columns;
        var isFirst = row == 0;
        if (row > 0 && header.RestartInterval > 0 && place % header.RestartInterval == 0)
        {
            isFirst = true;
            if (!reader.TryRestart((int)(place / header.RestartInterval) - 1))
            {
                return $"its lossless JPEG lacks the restart marker before row {row + 1} of {header.Rows}";
            }
        }

        reader.Prepare(LosslessDifferences.MostBytes(header.Columns));
        var before = isFirst ? 1 << (header.Precision - header.Approximation.Low - 1) : above[0];
        var end = LosslessDifferences.Decode(reader.Window, reader.Bit, table, samples, before);
        reader.Bit = end < 0 ? ~end : end;
        if (end < 0 || reader.Lacks(0))
        {
            var ends = reader.Lacks(end < 0 ? HuffmanTable.LongestValue : 0);
            return $"its lossless JPEG {(ends ? "ends" : "has an unknown code")} in row {row + 1} of {header.Rows}";
        }

        if (!isFirst && header.Selection > 1)
        {
            LosslessPrediction.Exchange(header.Selection, samples, above);
        }

        return null;
    }
}
