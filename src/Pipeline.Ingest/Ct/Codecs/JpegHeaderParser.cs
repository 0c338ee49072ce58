using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace MhdNet.Ingest.Ct.Codecs;

/// <summary>
/// From the start of a code stream to the first coded bit of its first scan (ITU-T T.81, B.2): segments are read or passed over, nothing is
/// decoded.
/// </summary>
internal static class JpegHeaderParser
{
    /// <summary>Reads the header.</summary>
    /// <param name="stream">The code stream.</param>
    /// <param name="header">What it says; null where it makes no sense.</param>
    /// <param name="wrong">What is wrong with it then.</param>
    public static bool TryParse(
        ReadOnlySpan<byte> stream, [NotNullWhen(true)] out JpegHeader? header, [NotNullWhen(false)] out string? wrong)
    {
        header = null;
        wrong = null;
        if (stream is not [JpegMarker.Prefix, JpegMarker.StartOfImage, ..])
        {
            wrong = "its compressed frame does not start as a JPEG image does";
            return false;
        }

        var read = new JpegHeader { Tables = new JpegTables() };
        for (var at = 2; wrong is null;)
        {
            if (!TryNext(stream, ref at, out var marker, out var segment))
            {
                wrong = $"its JPEG header breaks off at byte {at}";
            }
            else if (marker == JpegMarker.StartOfScan)
            {
                wrong = Scan(segment, at, ref read);
                header = wrong is null ? read : null;
                return wrong is null;
            }
            else
            {
                wrong = Take(marker, segment, ref read);
            }
        }

        return false;
    }

    /// <summary>The next marker and the bytes that belong to it. Any number of bytes FF may stand before a marker (B.1.1.2).</summary>
    private static bool TryNext(ReadOnlySpan<byte> stream, ref int at, out byte marker, out ReadOnlySpan<byte> segment)
    {
        marker = 0;
        segment = default;
        if (at >= stream.Length || stream[at] != JpegMarker.Prefix)
        {
            return false;
        }

        var code = stream[at..].IndexOfAnyExcept(JpegMarker.Prefix);
        if (code < 0)
        {
            return false;
        }

        marker = stream[at + code];
        var rest = stream[(at + code + 1)..];
        if (JpegMarker.IsAlone(marker))
        {
            at = stream.Length - rest.Length;
            return marker is not JpegMarker.EndOfImage;
        }

        if (!BinaryPrimitives.TryReadUInt16BigEndian(rest, out var length) || length < 2 || length > rest.Length)
        {
            return false;
        }

        segment = rest[2..length];
        at = stream.Length - rest.Length + length;
        return true;
    }

    private static string? Take(byte marker, ReadOnlySpan<byte> segment, ref JpegHeader header)
    {
        switch (marker)
        {
            case JpegMarker.HuffmanTables:
                return header.Tables.AddHuffman(segment) ? null : "its JPEG header has a Huffman table that makes no sense";
            case JpegMarker.QuantizationTables:
                return header.Tables.AddQuantization(segment) ? null : "its JPEG header has a quantization table that makes no sense";
            case JpegMarker.RestartInterval when segment.Length >= 2:
                header = header with { RestartInterval = BinaryPrimitives.ReadUInt16BigEndian(segment) };
                return null;
            case 0xF7 or 0xDE:
                return $"its compressed frame is {JpegMarker.Name(marker)}, which is not its transfer syntax";
            case var frame when JpegMarker.IsFrame(frame):
                return header.Frame != 0 ? "its JPEG header declares two frames" : Frame(marker, segment, ref header);
            default:
                return null;
        }
    }

    /// <summary>The frame header (B.2.2).</summary>
    private static string? Frame(byte marker, ReadOnlySpan<byte> segment, ref JpegHeader header)
    {
        if (segment.Length < 6 || segment.Length < 6 + (3 * segment[5]))
        {
            return "its JPEG frame header is too short";
        }

        header = header with
        {
            Frame = marker,
            Precision = segment[0],
            Rows = BinaryPrimitives.ReadUInt16BigEndian(segment[1..]),
            Columns = BinaryPrimitives.ReadUInt16BigEndian(segment[3..]),
            Components = segment[5],
            Quantization = segment.Length > 8 ? segment[8] : 0,
        };
        return null;
    }

    /// <summary>The scan header (B.2.3). Of a single component it is clear which one is meant, whatever it is called.</summary>
    private static string? Scan(ReadOnlySpan<byte> segment, int at, ref JpegHeader header)
    {
        if (header.Frame == 0)
        {
            return "its JPEG header has no frame before its scan";
        }

        if (segment.Length < 1 || segment.Length < 4 + (2 * segment[0]))
        {
            return "its JPEG scan header is too short";
        }

        if (header.Components == 1 && segment[0] != 1)
        {
            return $"its JPEG scan has {segment[0]} components, where its frame has one";
        }

        var last = segment.Slice(1 + (2 * segment[0]), 3);
        var tables = segment[0] == 0 ? (byte)0 : segment[2];
        header = header with
        {
            DcTable = tables >> 4,
            AcTable = tables & 15,
            Selection = last[0],
            SelectionEnd = last[1],
            Approximation = (last[2] >> 4, last[2] & 15),
            Scan = at,
        };
        return null;
    }
}
