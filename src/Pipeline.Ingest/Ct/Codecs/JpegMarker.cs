namespace MhdNet.Ingest.Ct.Codecs;

/// <summary>The second bytes of JPEG's markers, which follow a byte of FF (ITU-T T.81, table B.1).</summary>
internal static class JpegMarker
{
    public const byte Prefix = 0xFF;
    public const byte Baseline = 0xC0;
    public const byte Extended = 0xC1;
    public const byte Lossless = 0xC3;
    public const byte HuffmanTables = 0xC4;
    public const byte FirstRestart = 0xD0;
    public const byte LastRestart = 0xD7;
    public const byte StartOfImage = 0xD8;
    public const byte EndOfImage = 0xD9;
    public const byte StartOfScan = 0xDA;
    public const byte QuantizationTables = 0xDB;
    public const byte RestartInterval = 0xDD;

    /// <summary>Whether a frame header (SOF0 to SOF15) follows: C0 to CF but for tables (C4, CC) and an extension (C8).</summary>
    public static bool IsFrame(byte marker) => marker is >= 0xC0 and <= 0xCF and not (HuffmanTables or 0xC8 or 0xCC);

    /// <summary>Whether it stands alone, without a length.</summary>
    public static bool IsAlone(byte marker) => marker is 0x01 or >= FirstRestart and <= EndOfImage;

    /// <summary>What the coding of a frame is called.</summary>
    public static string Name(byte marker) => marker switch
    {
        Baseline => "baseline JPEG",
        Extended => "extended JPEG",
        0xC2 => "progressive JPEG",
        Lossless => "lossless JPEG",
        0xC9 => "extended JPEG with arithmetic coding",
        0xCA => "progressive JPEG with arithmetic coding",
        0xCB => "lossless JPEG with arithmetic coding",
        0xF7 => "JPEG-LS",
        _ => "hierarchical JPEG",
    };
}
