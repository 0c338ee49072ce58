namespace MhdNet.Ingest.Ct.Codecs;

/// <summary>
/// One coding of grey images: the code stream of one frame in, its samples out. It knows neither DICOM headers nor Hounsfield units, and
/// keeps nothing.
/// </summary>
internal interface IFrameDecoder
{
    /// <summary>
    /// Decodes one frame. What the stream declares is compared with the form before anything is decoded or taken from memory.
    /// </summary>
    /// <param name="codeStream">The whole code stream; what follows its end is not looked at.</param>
    /// <param name="form">What the frame must be.</param>
    /// <param name="pixels">All samples, <see cref="FrameForm.Bytes"/> long, filled row by row in the machine's byte order.</param>
    DecodedFrame Decode(ReadOnlySpan<byte> codeStream, FrameForm form, Span<byte> pixels);
}
