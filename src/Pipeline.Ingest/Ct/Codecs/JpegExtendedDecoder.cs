using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace MhdNet.Ingest.Ct.Codecs;

/// <summary>
/// Sequential JPEG with Huffman coding of 8 or 12 bits: DICOM's processes 2 and 4, of which process 1, baseline, is a part (ITU-T T.81,
/// annex F). One component, so that each MCU is one block, whatever its sampling factors (A.2.2).
/// </summary>
internal sealed class JpegExtendedDecoder : IFrameDecoder
{
    private const int Edge = 8;

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

        return TryTables(header, out var tables)
            ? new(header.Precision, Decode(codeStream[header.Scan..], header, tables, form, pixels))
            : DecodedFrame.Refused("its JPEG lacks a table that it uses, or has one that makes no code");
    }

    private static string? Refusal(JpegHeader header, FrameForm form, int room) =>
        header.Frame is not (JpegMarker.Baseline or JpegMarker.Extended)
            ? $"its compressed frame is {JpegMarker.Name(header.Frame)}, where extended JPEG is declared"
        : header.Contradiction(form, room) is { } contradiction ? contradiction
        : header.Precision is not (8 or 12) ? $"its JPEG has samples of {header.Precision} bits, where 8 and 12 are possible"
        : (header.Selection, header.SelectionEnd, header.Approximation) != (0, JpegBlock.Size - 1, (0, 0))
            ? "its JPEG has a scan of some coefficients only, where a sequential one has all"
        : null;

    private static bool TryTables(JpegHeader header, [NotNullWhen(true)] out JpegBlockTables? tables)
    {
        tables = header.Tables.Dc(header.DcTable) is { } dc && header.Tables.Ac(header.AcTable) is { } ac
            && HuffmanTable.Build(dc, runs: false) is { } dcCodes && HuffmanTable.Build(ac, runs: true) is { } acCodes
            && header.Tables.Quantization(header.Quantization) is { } divisors
                ? new JpegBlockTables(dcCodes, acCodes, divisors)
                : null;
        return tables is not null;
    }

    private static string? Decode(ReadOnlySpan<byte> coded, JpegHeader header, JpegBlockTables tables, FrameForm form, Span<byte> pixels)
    {
        var reader = new JpegBitReader(coded, JpegBlock.MostBytes);
        try
        {
            return Decode(ref reader, header, tables, form, pixels);
        }
        finally
        {
            reader.Dispose();
        }
    }

    private static string? Decode(ref JpegBitReader reader, JpegHeader header, JpegBlockTables tables, FrameForm form, Span<byte> pixels)
    {
        Span<int> block = stackalloc int[JpegBlock.Size];
        var (across, blocks) = ((header.Columns + Edge - 1) / Edge, 0L);
        var dc = 0;
        for (var row = 0; row < header.Rows; row += Edge)
        {
            for (var i = 0; i < across; i++, blocks++)
            {
                // Behind a restart marker the first DC coefficient is predicted by zero again (F.2.1.3.1).
                if (header.RestartInterval > 0 && blocks > 0 && blocks % header.RestartInterval == 0)
                {
                    dc = 0;
                    if (!reader.TryRestart((int)(blocks / header.RestartInterval) - 1))
                    {
                        return $"its JPEG lacks a restart marker in row {row + 1} of {header.Rows}";
                    }
                }

                reader.Prepare(JpegBlock.MostBytes);
                var end = JpegBlock.Decode(reader.Window, reader.Bit, tables, ref dc, block);
                reader.Bit = end < 0 ? ~end : end;
                if (end < 0 || reader.Lacks(0))
                {
                    var ends = reader.Lacks(end < 0 ? HuffmanTable.LongestValue : 0);
                    return $"its JPEG {(ends ? "ends" : "has a block that makes no sense")} in row {row + 1} of {header.Rows}";
                }

                InverseDct.Transform(block, header.Precision == 8 ? 2 : 1);
                Put(block, header, form, pixels, row, i * Edge);
            }
        }

        return null;
    }

    /// <summary>Samples of a block that lie inside the image, moved to the middle of what is possible and held to it (F.2.1.5).</summary>
    private static void Put(ReadOnlySpan<int> block, JpegHeader header, FrameForm form, Span<byte> pixels, int row, int column)
    {
        var (middle, most) = (1 << (header.Precision - 1), (1 << header.Precision) - 1);
        var width = Math.Min(Edge, header.Columns - column);
        for (var y = 0; y < Edge && row + y < header.Rows; y++)
        {
            var start = ((row + y) * header.Columns) + column;
            for (var x = 0; x < width; x++)
            {
                var sample = Math.Clamp(block[(Edge * y) + x] + middle, 0, most);
                if (form.BitsAllocated == 8)
                {
                    pixels[start + x] = (byte)sample;
                }
                else
                {
                    MemoryMarshal.Cast<byte, ushort>(pixels)[start + x] = (ushort)sample;
                }
            }
        }
    }
}
