namespace MhdNet.Ingest.Ct.Codecs;

/// <summary>Which of our own decoders reads which transfer syntax.</summary>
internal static class FrameDecoders
{
    private static readonly JpegExtendedDecoder Extended = new();
    private static readonly JpegLosslessDecoder Lossless = new();

    /// <summary>The decoder of a transfer syntax; null where we have none of our own.</summary>
    public static IFrameDecoder? Of(string transferSyntax) => transferSyntax switch
    {
        "1.2.840.10008.1.2.4.51" => Extended,
        "1.2.840.10008.1.2.4.57" or "1.2.840.10008.1.2.4.70" => Lossless,
        _ => null,
    };
}
