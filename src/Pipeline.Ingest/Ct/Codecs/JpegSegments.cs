using System.Buffers.Binary;

namespace MhdNet.Ingest.Ct.Codecs;

/// <summary>
/// Walks over the marker segments between the start of a JPEG or JPEG-LS code stream and its first coded bit (ITU-T T.81, B.1.1).
/// </summary>
internal ref struct JpegSegments(ReadOnlySpan<byte> stream)
{
    public const byte StartOfScan = 0xDA;
    private readonly ReadOnlySpan<byte> _stream = stream;
    private int _at = stream is [0xFF, 0xD8, ..] ? 2 : -1;

    /// <summary>Second byte of the marker.</summary>
    public byte Marker { get; private set; }

    /// <summary>What follows its length.</summary>
    public ReadOnlySpan<byte> Segment { get; private set; }

    /// <summary>What follows the segment.</summary>
    public readonly ReadOnlySpan<byte> Rest => _stream[_at..];

    /// <summary>Goes to the next segment.</summary>
    /// <returns>False where there is none: at a marker that stands alone, or where the stream makes no sense.</returns>
    public bool Next()
    {
        if (_at < 0 || _at >= _stream.Length || _stream[_at] != 0xFF)
        {
            return false;
        }

        // Any number of bytes FF may stand before a marker (B.1.1.2).
        var code = _stream[_at..].IndexOfAnyExcept((byte)0xFF);
        if (code < 0 || _stream[_at + code] is 0 or 1 or (>= 0xD0 and <= 0xD9))
        {
            return false;
        }

        var rest = _stream[(_at + code + 1)..];
        if (!BinaryPrimitives.TryReadUInt16BigEndian(rest, out var length) || length < 2 || length > rest.Length)
        {
            return false;
        }

        Marker = _stream[_at + code];
        Segment = rest[2..length];
        _at += code + 1 + length;
        return true;
    }
}
