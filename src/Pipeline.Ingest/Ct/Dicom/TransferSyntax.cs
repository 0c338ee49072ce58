namespace MhdNet.Ingest.Ct.Dicom;

/// <summary>How a file's bytes are laid out (PS3.5, annex A).</summary>
/// <param name="Uid">The transfer syntax UID.</param>
internal readonly record struct TransferSyntax(string Uid)
{
    public const string ImplicitLittleEndian = "1.2.840.10008.1.2";
    public const string ExplicitLittleEndian = "1.2.840.10008.1.2.1";
    public const string RunLengths = "1.2.840.10008.1.2.5";

    public bool IsExplicit => Uid != ImplicitLittleEndian;

    public bool IsBigEndian => Uid == "1.2.840.10008.1.2.2";

    public bool IsDeflated => Uid == "1.2.840.10008.1.2.1.99";

    /// <summary>Whether the pixel data is a sequence of compressed fragments.</summary>
    public bool IsEncapsulated => !(Uid is ImplicitLittleEndian or ExplicitLittleEndian || IsBigEndian || IsDeflated);

    /// <summary>Whether the installed decoders know it: native, RLE, JPEG (baseline, extended, spectral selection, progressive, lossless), JPEG-LS, JPEG 2000 and HTJ2K.</summary>
    public bool IsDecodable => !IsEncapsulated || Uid is RunLengths
        or "1.2.840.10008.1.2.4.50" or "1.2.840.10008.1.2.4.51" or "1.2.840.10008.1.2.4.53" or "1.2.840.10008.1.2.4.55" or "1.2.840.10008.1.2.4.57" or "1.2.840.10008.1.2.4.70"
        or "1.2.840.10008.1.2.4.80" or "1.2.840.10008.1.2.4.81" or "1.2.840.10008.1.2.4.90" or "1.2.840.10008.1.2.4.91"
        or "1.2.840.10008.1.2.4.201" or "1.2.840.10008.1.2.4.202" or "1.2.840.10008.1.2.4.203";
}
