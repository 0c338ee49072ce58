using MhdNet.Ingest.Ct.Codecs;

namespace MhdNet.Ingest.Ct.Dicom;

/// <summary>How a file's bytes are laid out (PS3.5, annex A).</summary>
/// <param name="Uid">The transfer syntax UID.</param>
internal readonly record struct TransferSyntax(string Uid)
{
    public const string ImplicitLittleEndian = "1.2.840.10008.1.2";
    public const string ExplicitLittleEndian = "1.2.840.10008.1.2.1";

    public bool IsExplicit => Uid != ImplicitLittleEndian;

    public bool IsBigEndian => Uid == "1.2.840.10008.1.2.2";

    public bool IsDeflated => Uid == "1.2.840.10008.1.2.1.99";

    /// <summary>Whether the pixel data is a sequence of compressed fragments.</summary>
    public bool IsEncapsulated => !(Uid is ImplicitLittleEndian or ExplicitLittleEndian || IsBigEndian || IsDeflated);

    /// <summary>Whether there is a decoder.</summary>
    public bool IsDecodable => !IsEncapsulated || FrameDecoders.Of(Uid) is not null;

    /// <summary>MPEG-2, MPEG-4 and HEVC (PS3.6, table A-1), also in fragments.</summary>
    private bool IsVideo => Uid.StartsWith("1.2.840.10008.1.2.4.10", StringComparison.Ordinal);

    /// <summary>As sentences name it: the UID, and what it means where it is refused by name.</summary>
    public override string ToString() => Uid switch
    {
        "1.2.840.10008.1.2.4.53" => $"{Uid} (JPEG with spectral selection, retired)",
        "1.2.840.10008.1.2.4.55" => $"{Uid} (progressive JPEG, retired)",
        "1.2.840.10008.1.2.4.92" or "1.2.840.10008.1.2.4.93" => $"{Uid} (JPEG 2000 part 2)",
        "1.2.840.10008.1.2.4.94" or "1.2.840.10008.1.2.4.95" => $"{Uid} (JPIP, whose pixels are on a server)",
        _ when IsVideo => $"{Uid} (MPEG video)",
        _ => Uid,
    };
}
