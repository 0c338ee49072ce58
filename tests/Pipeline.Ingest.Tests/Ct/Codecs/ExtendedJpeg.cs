namespace MhdNet.Ingest.Tests.Ct.Codecs;

/// <summary>An encoder of sequential JPEG that follows ITU-T T.81, annex F, with cosines in double precision.</summary>
internal sealed record ExtendedJpeg(int Rows, int Columns, int Precision, int Divisor)
{
    /// <summary>Blocks between restart markers; 0 without.</summary>
    public int RestartInterval { get; init; }

    private static readonly int[] Zigzag =
    [
        .. Enumerable.Range(0, 64).OrderBy(i => (i / 8) + (i % 8)).ThenBy(i => ((i / 8) + (i % 8)) % 2 == 0 ? i % 8 : i / 8),
    ];

    private readonly JpegCodes _dc = JpegCodes.Flat(new Random(1));
    private readonly JpegCodes _ac = JpegCodes.Anywhere(new Random(2));

    public byte[] Encode(ushort[] samples) => [.. Header(), .. Blocks(samples), 0xFF, 0xD9];

    /// <summary>What a decoder with cosines in double precision makes of it.</summary>
    public double[] Exact(ushort[] samples)
    {
        var exact = new double[samples.Length];
        foreach (var (row, column) in Places())
        {
            var coefficients = Quantized(samples, row, column);
            for (var i = 0; i < 64; i++)
            {
                if (row + (i / 8) < Rows && column + (i % 8) < Columns)
                {
                    var sum = Enumerable.Range(0, 64).Sum(k => coefficients[k] * Divisor * Cosine(k / 8, i / 8) * Cosine(k % 8, i % 8));
                    var place = ((row + (i / 8)) * Columns) + column + (i % 8);
                    exact[place] = Math.Clamp(sum + (1 << (Precision - 1)), 0, (1 << Precision) - 1);
                }
            }
        }

        return exact;
    }

    private IEnumerable<(int Row, int Column)> Places() =>
        from row in Enumerable.Range(0, (Rows + 7) / 8) from column in Enumerable.Range(0, (Columns + 7) / 8) select (8 * row, 8 * column);

    private byte[] Header() =>
    [
        0xFF, 0xD8,
        0xFF, 0xDB, 0, 131, 0x10, .. Enumerable.Repeat(new[] { (byte)(Divisor >> 8), (byte)Divisor }, 64).SelectMany(divisor => divisor),
        0xFF, 0xC1, 0, 11, (byte)Precision, (byte)(Rows >> 8), (byte)Rows, (byte)(Columns >> 8), (byte)Columns, 1, 1, 0x22, 0,
        .. Table(0, _dc), .. Table(0x10, _ac),
        0xFF, 0xDD, 0, 4, (byte)(RestartInterval >> 8), (byte)RestartInterval,
        0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0,
    ];

    private static byte[] Table(byte number, JpegCodes codes) =>
        [0xFF, 0xC4, (byte)((codes.Table.Length + 3) >> 8), (byte)(codes.Table.Length + 3), number, .. codes.Table];

    private byte[] Blocks(ushort[] samples)
    {
        var bits = new JpegBits();
        var (before, count) = (0, 0);
        foreach (var (row, column) in Places())
        {
            if (RestartInterval > 0 && count > 0 && count % RestartInterval == 0)
            {
                bits.Marker((byte)(0xD0 + (((count / RestartInterval) - 1) % 8)));
                before = 0;
            }

            count++;
            var block = Quantized(samples, row, column);
            bits.Add(_dc, Category(block[0] - before), block[0] - before, Category(block[0] - before));
            before = block[0];
            Coefficients(bits, [.. Zigzag.Select(k => block[k])]);
        }

        return bits.Bytes;
    }

    private void Coefficients(JpegBits bits, int[] block)
    {
        var zeros = 0;
        var last = Array.FindLastIndex(block, value => value != 0);
        for (var k = 1; k <= last; k++)
        {
            if (block[k] == 0)
            {
                zeros++;
                continue;
            }

            for (; zeros > 15; zeros -= 16)
            {
                bits.Add(_ac, 0xF0, 0, 0);
            }

            bits.Add(_ac, (zeros << 4) | Category(block[k]), block[k], Category(block[k]));
            zeros = 0;
        }

        if (last < 63)
        {
            bits.Add(_ac, 0, 0, 0);
        }
    }

    private int[] Quantized(ushort[] samples, int row, int column)
    {
        return [.. Enumerable.Range(0, 64).Select(k =>
            (int)Math.Round(Enumerable.Range(0, 64).Sum(i => Sample(i) * Cosine(k / 8, i / 8) * Cosine(k % 8, i % 8)) / Divisor))];

        double Sample(int i)
        {
            var (y, x) = (Math.Min(row + (i / 8), Rows - 1), Math.Min(column + (i % 8), Columns - 1));
            return samples[(y * Columns) + x] - (1 << (Precision - 1));
        }
    }

    private static int Category(int value) => value == 0 ? 0 : 1 + (int)Math.Log2(Math.Abs(value));

    private static double Cosine(int frequency, int place) =>
        (frequency == 0 ? Math.Sqrt(0.125) : 0.5) * Math.Cos(((2 * place) + 1) * frequency * Math.PI / 16);
}
