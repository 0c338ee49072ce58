namespace MhdNet.Ingest.Ct.Codecs;

/// <summary>Which decoder reads which transfer syntax (PS3.5, A.4; PS3.6, table A-1). All threads share the decoders.</summary>
internal static class FrameDecoders
{
    private static readonly RunLengthsDecoder RunLengths = new();
    private static readonly JpegBaselineDecoder JpegBaseline = new();
    private static readonly JpegExtendedDecoder JpegExtended = new();
    private static readonly JpegLosslessDecoder JpegLossless = new();
    private static readonly JpegLsDecoder JpegLs = new();

    /// <summary>A slice that is decoded alone has all cores; those that begin while others are decoded have their share.</summary>
    private static readonly Jpeg2000Decoder Jpeg2000 = new(Environment.ProcessorCount);

    /// <summary>The decoder; null where there is none here.</summary>
    /// <param name="transferSyntax">The transfer syntax UID.</param>
    public static IFrameDecoder? Of(string transferSyntax) => transferSyntax switch
    {
        "1.2.840.10008.1.2.5" => RunLengths,
        "1.2.840.10008.1.2.4.50" => JpegBaseline,
        "1.2.840.10008.1.2.4.51" => JpegExtended,
        "1.2.840.10008.1.2.4.57" or "1.2.840.10008.1.2.4.70" => JpegLossless,
        "1.2.840.10008.1.2.4.80" or "1.2.840.10008.1.2.4.81" => JpegLs,
        "1.2.840.10008.1.2.4.90" or "1.2.840.10008.1.2.4.91" => Jpeg2000,

        // HTJ2K: lossless, lossless with resolutions in order, and lossy.
        "1.2.840.10008.1.2.4.201" or "1.2.840.10008.1.2.4.202" or "1.2.840.10008.1.2.4.203" => Jpeg2000,
        _ => null,
    };
}
