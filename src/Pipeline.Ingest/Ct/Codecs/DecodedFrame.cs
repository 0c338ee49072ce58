namespace MhdNet.Ingest.Ct.Codecs;

/// <summary>How decoding a frame ended.</summary>
/// <param name="Precision">Bits of a sample, as the code stream says; 0 where it does not get so far.</param>
/// <param name="Wrong">Null, or what is wrong: the end of a sentence that starts with the file.</param>
internal readonly record struct DecodedFrame(int Precision, string? Wrong)
{
    /// <summary>Whether samples are signed, where the code stream says so: JPEG 2000 does, the others leave it to the header.</summary>
    public bool? IsSigned { get; init; }

    /// <summary>A frame that cannot be had.</summary>
    public static DecodedFrame Refused(string wrong) => new(0, wrong);
}
