using System.Buffers;
using System.Runtime.CompilerServices;

namespace MhdNet.Ingest.Ct.Codecs;

/// <summary>
/// The coded bits of a scan, restart interval by restart interval. A window holds the next bytes without the zeros that are stuffed
/// behind FF (ITU-T T.81, B.1.1.5), so that whoever decodes takes 64 bits at a time and looks out for nothing. Behind a marker and behind
/// the end of the stream the window goes on with zeros; <see cref="Lacks"/> tells whether such bits were taken.
/// </summary>
internal ref struct JpegBitReader : IDisposable
{
    /// <summary>Bytes that may be read, though not taken, behind those that were asked for.</summary>
    public const int Spare = 24;

    private const int Least = 1 << 15;
    private readonly byte[] _window;
    private readonly ReadOnlySpan<byte> _coded;
    private int _next;
    private int _filled;
    private bool _atMarker;

    /// <summary>Starts at the first coded bit.</summary>
    /// <param name="coded">The code stream behind the scan header.</param>
    /// <param name="most">Most bytes that <see cref="Prepare"/> is asked for.</param>
    public JpegBitReader(ReadOnlySpan<byte> coded, int most)
    {
        _coded = coded;
        _window = ArrayPool<byte>.Shared.Rent(Math.Max(Least, 2 * (most + Spare)));
    }

    /// <summary>The unpacked bytes.</summary>
    public readonly ReadOnlySpan<byte> Window => _window;

    /// <summary>The next bit's place in the window, counted in bits. Whoever takes bits moves it on.</summary>
    public int Bit { get; set; }

    /// <summary>
    /// Whether the stream does not have so many more bits, up to <see cref="Prepare"/>'s; with 0, whether too many were taken.
    /// </summary>
    public readonly bool Lacks(int bits) => Bit + bits > 8 * _filled;

    /// <summary>Makes so many bytes, and <see cref="Spare"/> more, readable from <see cref="Bit"/> on.</summary>
    public void Prepare(int bytes)
    {
        var needed = (Bit >> 3) + bytes + Spare;
        if (needed <= _filled)
        {
            return;
        }

        if (!_atMarker || needed > _window.Length)
        {
            var taken = Math.Min(Bit >> 3, _filled);
            _window.AsSpan(taken, _filled - taken).CopyTo(_window);
            (_filled, Bit, needed) = (_filled - taken, Bit - (8 * taken), needed - taken);
            Fill();
        }

        if (needed > _filled)
        {
            _window.AsSpan(_filled, needed - _filled).Clear();
        }
    }

    /// <summary>Goes on behind a restart marker, before which only the bits up to the next byte may be left.</summary>
    /// <param name="number">The marker's number, which counts from 0 to 7 and round again (F.2.1.3.1).</param>
    /// <returns>Whether it comes next.</returns>
    public bool TryRestart(int number)
    {
        Prepare(1);
        var isNext = _atMarker && (8 * _filled) - Bit < 8
            && _next + 1 < _coded.Length && _coded[_next + 1] == JpegMarker.FirstRestart + (number & 7);
        if (isNext)
        {
            (_next, _filled, Bit, _atMarker) = (_next + 2, 0, 0, false);
        }

        return isNext;
    }

    /// <inheritdoc/>
    public readonly void Dispose() => ArrayPool<byte>.Shared.Return(_window);

    /// <summary>Unpacks until the window is full or a marker comes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Fill()
    {
        while (_filled < _window.Length && !_atMarker)
        {
            var rest = _coded[_next..];
            var plain = rest[..Math.Min(rest.Length, _window.Length - _filled)];
            var prefix = plain.IndexOf(JpegMarker.Prefix);
            plain = prefix < 0 ? plain : plain[..prefix];
            plain.CopyTo(_window.AsSpan(_filled));
            (_next, _filled) = (_next + plain.Length, _filled + plain.Length);
            rest = rest[plain.Length..];
            if (rest.IsEmpty)
            {
                _atMarker = true;
            }
            else if (prefix >= 0)
            {
                TakePrefix(rest);
            }
        }
    }

    /// <summary>FF and a zero are a byte FF; FF and any other are a marker, before which FF may be repeated.</summary>
    private void TakePrefix(ReadOnlySpan<byte> rest)
    {
        var code = rest.IndexOfAnyExcept(JpegMarker.Prefix);
        if (code < 0)
        {
            (_next, _atMarker) = (_coded.Length, true);
        }
        else if (rest[code] == 0)
        {
            _window[_filled++] = JpegMarker.Prefix;
            _next += code + 1;
        }
        else
        {
            (_next, _atMarker) = (_next + code - 1, true);
        }
    }
}
