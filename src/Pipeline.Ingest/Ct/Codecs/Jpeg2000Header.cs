using System.Buffers.Binary;
using System.Collections;

namespace MhdNet.Ingest.Ct.Codecs;

/// <summary>
/// A walk over a JPEG 2000 code stream from its main header through all headers of its tile-parts (ITU-T T.800, annex A), which lie where
/// the tile-parts' own lengths say. Nothing is decoded.
/// </summary>
internal ref struct Jpeg2000Header
{
    private const byte StartOfCodestream = 0x4F, Size = 0x51, Coding = 0x52, ComponentCoding = 0x53, StartOfTile = 0x90,
        StartOfData = 0x93, EndOfCodestream = 0xD9, FirstOfPart2 = 0x74, LastOfPart2 = 0x79;

    private readonly ReadOnlySpan<byte> _stream;
    private readonly Jpeg2000Cost _cost = new();
    private Jpeg2000Size _size;
    private int _at;
    private bool _hasStyle;

    private Jpeg2000Header(ReadOnlySpan<byte> stream) => _stream = stream;

    /// <summary>The image and its tiles.</summary>
    public readonly Jpeg2000Size Image => _size;

    /// <summary>Whether any tile is coded as T.814 says (HTJ2K).</summary>
    public readonly bool IsHighThroughput => _cost.IsHighThroughput == true;

    /// <summary>Where the code stream ends.</summary>
    public readonly int Length => _at;

    /// <summary>Reads all headers.</summary>
    /// <param name="stream">The code stream; bytes behind its end do not count.</param>
    /// <param name="header">What they say, where nothing is wrong.</param>
    /// <returns>Null, or what is wrong with them.</returns>
    public static string? Read(ReadOnlySpan<byte> stream, out Jpeg2000Header header)
    {
        header = new Jpeg2000Header(stream);
        var wrong = header.Main() ?? header.Tiles();
        return wrong is null ? null : $"its compressed frame cannot be read as JPEG 2000: {wrong}";
    }

    private string? Main()
    {
        if (_stream is not [0xFF, StartOfCodestream, 0xFF, Size, ..])
        {
            return "it does not start as a code stream does";
        }

        _at = 2;
        string? wrong = null;
        while (wrong is null)
        {
            if (!TryNext(out var marker, out var segment))
            {
                return $"its header breaks off at byte {_at}";
            }

            if (marker == StartOfTile)
            {
                _at -= segment.Length + 4;
                return _hasStyle ? null : "it has no COD segment";
            }

            wrong = marker != Size ? Take(marker, segment)
                : _size.Rows > 0 ? "it has two SIZ segments"
                : Jpeg2000Size.Read(segment, out _size);
        }

        return wrong;
    }

    private string? Tiles()
    {
        var seen = new BitArray(_size.Tiles);
        while (_at < _stream.Length && _stream[_at..] is [0xFF, StartOfTile, ..])
        {
            var start = _at;
            if (!TryNext(out _, out var segment) || segment.Length != 8)
            {
                return $"a tile-part's header breaks off at byte {start}";
            }

            var (tile, length) = (BinaryPrimitives.ReadUInt16BigEndian(segment), BinaryPrimitives.ReadUInt32BigEndian(segment[2..]));
            if (tile >= _size.Tiles || (length != 0 && length > _stream.Length - start))
            {
                return tile >= _size.Tiles ? $"it has a tile {tile} of {_size.Tiles}"
                    : $"tile {tile} declares {length} bytes, of which {_stream.Length - start} are there";
            }

            seen[tile] = true;
            if (TileHeader() is { } wrong)
            {
                return wrong;
            }

            // A length of 0 reaches to the end, and is the last one's (A.4.2).
            var end = length == 0 ? EndOf(_stream) : start + (int)length;
            if (end < _at)
            {
                return $"tile {tile} is shorter than its header";
            }

            _at = end;
        }

        _at += _stream[_at..] is [0xFF, EndOfCodestream, ..] ? 2 : 0;
        return seen.HasAllSet() ? null : $"only {seen.Cast<bool>().Count(tile => tile)} of its {_size.Tiles} tiles are there";
    }

    /// <summary>From behind the SOT segment to behind the SOD marker.</summary>
    private string? TileHeader()
    {
        while (true)
        {
            if (_stream[_at..] is [0xFF, StartOfData, ..])
            {
                _at += 2;
                return null;
            }

            if (!TryNext(out var marker, out var segment) || marker is StartOfTile or Size)
            {
                return $"a tile-part's header breaks off at byte {_at}";
            }

            if (Take(marker, segment) is { } wrong)
            {
                return wrong;
            }
        }
    }

    private string? Take(byte marker, ReadOnlySpan<byte> segment)
    {
        _hasStyle |= marker == Coding;
        return marker switch
        {
            Coding => Jpeg2000Style.OfDefault(segment, _size, _cost),
            ComponentCoding => Jpeg2000Style.OfComponent(segment, _size, _cost),
            >= FirstOfPart2 and <= LastOfPart2 => $"it has a marker {marker:X2} of part 2",
            _ => null,
        };
    }

    /// <summary>The next marker with a length, and what belongs to it.</summary>
    private bool TryNext(out byte marker, out ReadOnlySpan<byte> segment)
    {
        marker = 0;
        segment = default;
        if (_stream[_at..] is not [0xFF, > 0x3F and var code, ..] || code is StartOfCodestream or 0x92 or StartOfData or EndOfCodestream
            || !BinaryPrimitives.TryReadUInt16BigEndian(_stream[(_at + 2)..], out var length) || length < 2
            || length > _stream.Length - _at - 2)
        {
            return false;
        }

        marker = code;
        segment = _stream.Slice(_at + 4, length - 2);
        _at += 2 + length;
        return true;
    }

    /// <summary>Behind the last coded byte: before the end marker, where there is one.</summary>
    private static int EndOf(ReadOnlySpan<byte> stream) =>
        stream.LastIndexOf((ReadOnlySpan<byte>)[0xFF, EndOfCodestream]) is var end && end >= 0 ? end : stream.Length;
}
