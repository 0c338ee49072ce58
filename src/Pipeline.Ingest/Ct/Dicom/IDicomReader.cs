namespace MhdNet.Ingest.Ct.Dicom;

/// <summary>Reads CT images. Thread safe. Never throws for what a file contains or for input and output errors: those come back as a reason.</summary>
public interface IDicomReader
{
    /// <summary>
    /// Reads to which series a file belongs, from its first kilobytes, and in the same reading, where the file is whole, its headers. That the rest is not whole is no reason.
    /// Codes: <c>not-dicom</c>, <c>truncated</c>, <c>malformed</c>, <c>unreadable</c>.
    /// </summary>
    Reading<SliceIdentity> ReadIdentity(string path);

    /// <summary>
    /// Reads what a file says about each of its frames (one, but for multi-frame images), and checks that it is whole, without decoding a pixel and without any native code.
    /// Codes: <c>not-dicom</c>, <c>no-pixel-data</c>, <c>truncated</c>, <c>malformed</c>, <c>absurd-size</c>, <c>unreadable</c> (the operating system said no).
    /// </summary>
    Reading<IReadOnlyList<SliceHeader>> ReadHeaders(string path);

    /// <summary>
    /// Decodes one frame to Hounsfield units: stored value * slope + intercept, rounded, clamped to 16 bits; padding (value or range) and everything below -1024 becomes -1024.
    /// Codes: those of <see cref="ReadHeaders"/>, <c>not-grey</c>, <c>no-rescale</c>, <c>not-hounsfield</c>, <c>transfer-syntax</c>, <c>undecodable</c>,
    /// <c>changed</c> (another image than <paramref name="header"/> says is in the file now).
    /// </summary>
    Reading<SliceImage> ReadPixels(SliceHeader header);
}
