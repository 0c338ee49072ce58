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

    /// <summary>As sentences name it: the UID, and what it means where it is refused for being retired.</summary>
    public override string ToString() => Uid switch
    {
        "1.2.840.10008.1.2.4.53" => $"{Uid} (JPEG with spectral selection, retired)",
        "1.2.840.10008.1.2.4.55" => $"{Uid} (progressive JPEG, retired)",
        _ => Uid,
    };
}
