namespace MhdNet.Ingest.Ct.Dicom;

/// <summary>The bytes are not what the DICOM standard asks for. Becomes a <see cref="Items.Reason"/> before it leaves the reader.</summary>
/// <param name="code">The reason's code.</param>
/// <param name="what">What is wrong, without the file's name.</param>
internal sealed class DicomFormatException(string code, string what) : Exception(what)
{
    public string Code { get; } = code;

    public static DicomFormatException Truncated(string what) => new("truncated", what + " The copy may still be going on; otherwise copy the file again.");

    public static DicomFormatException Malformed(string what) => new("malformed", what + " Export the series again.");
}
