namespace MhdNet.Ingest.Tests.Ct.Codecs;

/// <summary>Writes coded bits, with a zero behind each FF and ones up to the next byte (ITU-T T.81, F.1.2.3).</summary>
internal sealed class JpegBits
{
    private readonly List<byte> _bytes = [];
    private uint _current;
    private int _count;

    /// <summary>All bytes, filled up.</summary>
    public byte[] Bytes => [.. Filled()._bytes];

    public void Add(int bits, int length)
    {
        for (var i = length - 1; i >= 0; i--)
        {
            _current = (_current << 1) | (uint)((bits >> i) & 1);
            if (++_count == 8)
            {
                _bytes.Add((byte)_current);
                if ((byte)_current == 0xFF)
                {
                    _bytes.Add(0);
                }

                (_current, _count) = (0, 0);
            }
        }
    }

    /// <summary>A code and the further bits of its category.</summary>
    public void Add(JpegCodes codes, int symbol, int value, int category)
    {
        var (code, length) = codes[symbol];
        Add(code, length);
        Add(value < 0 ? value + (1 << category) - 1 : value, category);
    }

    public void Marker(byte marker) => Filled()._bytes.AddRange([0xFF, marker]);

    private JpegBits Filled()
    {
        while (_count > 0)
        {
            Add(1, 1);
        }

        return this;
    }
}
