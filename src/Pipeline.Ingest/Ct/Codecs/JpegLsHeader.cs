using System.Buffers.Binary;

namespace MhdNet.Ingest.Ct.Codecs;

/// <summary>What a JPEG-LS code stream says before its first coded bit (ISO 14495-1, C.2): frame header SOF55 and scan header.</summary>
/// <param name="Rows">Height (Y).</param>
/// <param name="Columns">Width (X).</param>
/// <param name="Precision">Bits of a sample (P).</param>
internal readonly record struct JpegLsHeader(int Rows, int Columns, int Precision)
{
    private const byte Frame = 0xF7, Parameters = 0xF8, RestartInterval = 0xDD, Comment = 0xFE;

    /// <summary>Reads the header of one component.</summary>
    /// <param name="stream">The code stream.</param>
    /// <param name="header">What it says, where nothing is wrong.</param>
    /// <returns>Null, or what is wrong with it.</returns>
    public static string? Read(ReadOnlySpan<byte> stream, out JpegLsHeader header)
    {
        header = default;
        int? largest = null;
        var segments = new JpegSegments(stream);
        while (segments.Next())
        {
            var marker = segments.Marker;
            var segment = segments.Segment;
            var wrong = marker switch
            {
                Frame => header.Precision > 0 ? "it declares two frames" : OfFrame(segment, out header),
                Parameters => OfParameters(segment, ref largest),
                JpegSegments.StartOfScan => OfScan(segment, largest, header),
                RestartInterval or Comment or (>= 0xE0 and <= 0xEF) => null,
                _ => $"it has a marker {marker:X2}",
            };
            wrong ??= marker == JpegSegments.StartOfScan && !Ends(segments.Rest) ? "its scan breaks off" : null;
            if (wrong is not null || marker == JpegSegments.StartOfScan)
            {
                return wrong is null ? null : $"its compressed frame cannot be read as JPEG-LS: {wrong}";
            }
        }

        return "its compressed frame does not start as a JPEG-LS image does, or breaks off before its scan";
    }

    private static string? OfFrame(ReadOnlySpan<byte> segment, out JpegLsHeader header)
    {
        header = default;
        if (segment.Length < 9)
        {
            return segment.Length >= 6 && segment[5] != 1 ? Components(segment[5]) : "its frame header is too short";
        }

        header = new(BinaryPrimitives.ReadUInt16BigEndian(segment[1..]), BinaryPrimitives.ReadUInt16BigEndian(segment[3..]), segment[0]);
        return segment[5] != 1 ? Components(segment[5])
            : header.Rows == 0 || header.Columns == 0 ? "its frame header does not tell its size"
            : header.Precision is < 2 or > 16 ? $"its samples have {header.Precision} bits"
            : null;
    }

    /// <summary>LSE (C.2.4.1): other thresholds than the usual ones. Tables for colours, and sizes above 65535, are for no slice.</summary>
    private static string? OfParameters(ReadOnlySpan<byte> segment, ref int? largest)
    {
        if (segment is not [1, ..] || segment.Length != 11)
        {
            return "it has a table for its samples or a size in an extension";
        }

        var value = BinaryPrimitives.ReadUInt16BigEndian(segment[1..]);
        largest = value == 0 ? largest : value;
        return null;
    }

    private static string? OfScan(ReadOnlySpan<byte> segment, int? largest, JpegLsHeader header)
    {
        if (header.Precision == 0)
        {
            return "it has no frame before its scan";
        }

        if (segment.Length != 6 || segment[0] != 1)
        {
            return "its scan header is none of one component";
        }

        var (table, near, interleave, transform) = (segment[2], segment[3], segment[4], segment[5]);
        var most = Math.Min(largest ?? int.MaxValue, (1 << header.Precision) - 1);
        return table != 0 || interleave != 0 || transform != 0 ? "its scan has a table, interleaving or a point transform"
            : near > most / 2 ? $"its samples of up to {most} may differ by {near}"
            : null;
    }

    /// <summary>
    /// Whether the coded bits end at a marker (A.1: within them a bit of 0 follows a byte FF; before a marker any number of them may stand).
    /// Where they do not, CharLS 2.4 reads zeros for eight seconds before it says so.
    /// </summary>
    private static bool Ends(ReadOnlySpan<byte> coded)
    {
        for (int at; (at = coded.IndexOf((byte)0xFF)) >= 0 && at + 1 < coded.Length; coded = coded[(at + 1)..])
        {
            if (coded[at + 1] is >= 0x80 and < 0xFF and not (>= 0xD0 and <= 0xD7))
            {
                return true;
            }
        }

        return false;
    }

    private static string Components(int count) => $"it has {count} components, where a grey image has one";
}
