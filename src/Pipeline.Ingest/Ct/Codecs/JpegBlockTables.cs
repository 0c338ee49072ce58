namespace MhdNet.Ingest.Ct.Codecs;

/// <summary>What a block is decoded with.</summary>
/// <param name="Dc">Codes of the categories of DC differences.</param>
/// <param name="Ac">Codes of runs and categories of AC coefficients.</param>
/// <param name="Divisors">What each coefficient was divided by, in the order in which they are coded.</param>
internal sealed record JpegBlockTables(HuffmanTable Dc, HuffmanTable Ac, ushort[] Divisors);
