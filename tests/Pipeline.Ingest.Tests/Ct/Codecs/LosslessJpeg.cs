namespace MhdNet.Ingest.Tests.Ct.Codecs;

/// <summary>An encoder of lossless JPEG that follows ITU-T T.81, annex H, sample by sample and in no other way.</summary>
internal sealed record LosslessJpeg(int Rows, int Columns, int Precision, int Selection, JpegCodes Codes)
{
    /// <summary>Lowest bits that are left out.</summary>
    public int PointTransform { get; init; }

    /// <summary>Rows between restart markers; 0 without.</summary>
    public int RestartRows { get; init; }

    /// <summary>Bytes FF before each marker of the header; 1 is usual.</summary>
    public int Prefixes { get; init; } = 1;

    /// <summary>The code stream of samples, which may be any modulo 2^16.</summary>
    public byte[] Encode(ushort[] samples)
    {
        var bits = new JpegBits();
        ushort[] kept = [.. samples.Select(sample => (ushort)(sample >> PointTransform))];
        for (var row = 0; row < Rows; row++)
        {
            var first = RestartRows == 0 ? 0 : row / RestartRows * RestartRows;
            if (row > 0 && row == first)
            {
                bits.Marker((byte)(0xD0 + (((row / RestartRows) - 1) % 8)));
            }

            for (var column = 0; column < Columns; column++)
            {
                var difference = (kept[(row * Columns) + column] - Prediction(kept, row, column, first)) & 0xFFFF;
                var value = difference > 0x8000 ? difference - 0x10000 : difference;
                var category = value == 0 ? 0 : 1 + (int)Math.Log2(Math.Abs(value));
                bits.Add(Codes, category, value, category == 16 ? 0 : category);
            }
        }

        return [.. Header(), .. bits.Bytes, 0xFF, 0xD9];
    }

    /// <summary>All before the coded bits.</summary>
    public byte[] Header() =>
    [
        0xFF, 0xD8,
        .. Segment(0xFE, "a comment"u8),
        .. Segment(0xC3, [(byte)Precision, (byte)(Rows >> 8), (byte)Rows, (byte)(Columns >> 8), (byte)Columns, 1, 1, 0x11, 0]),
        .. Segment(0xC4, [0, .. Codes.Table]),
        .. RestartRows == 0 ? [] : Segment(0xDD, [(byte)(RestartRows * Columns >> 8), (byte)(RestartRows * Columns)]),
        .. Segment(0xDA, [1, 1, 0, (byte)Selection, 0, (byte)PointTransform]),
    ];

    private byte[] Segment(byte marker, ReadOnlySpan<byte> content) =>
        [.. Enumerable.Repeat((byte)0xFF, Prefixes), marker, (byte)((content.Length + 2) >> 8), (byte)(content.Length + 2), .. content];

    private int Prediction(ushort[] kept, int row, int column, int first)
    {
        var at = (row * Columns) + column;
        if (row == first)
        {
            return column == 0 ? 1 << (Precision - PointTransform - 1) : kept[at - 1];
        }

        if (column == 0)
        {
            return kept[at - Columns];
        }

        var (a, b, c) = ((int)kept[at - 1], (int)kept[at - Columns], (int)kept[at - Columns - 1]);
        return Selection switch
        {
            1 => a,
            2 => b,
            3 => c,
            4 => a + b - c,
            5 => a + ((b - c) >> 1),
            6 => b + ((a - c) >> 1),
            _ => (a + b) >> 1,
        };
    }
}
