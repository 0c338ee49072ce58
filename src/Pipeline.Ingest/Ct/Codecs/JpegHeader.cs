namespace MhdNet.Ingest.Ct.Codecs;

/// <summary>All that a JPEG code stream of one component says before its first coded bit (ITU-T T.81, annex B).</summary>
internal sealed record JpegHeader
{
    /// <summary>Which SOF marker the frame has.</summary>
    public byte Frame { get; init; }

    /// <summary>Bits of a sample (P).</summary>
    public int Precision { get; init; }

    /// <summary>Height (Y); 0 where the stream says it behind the image, by DNL.</summary>
    public int Rows { get; init; }

    /// <summary>Width (X).</summary>
    public int Columns { get; init; }

    /// <summary>Values of a pixel (Nf).</summary>
    public int Components { get; init; }

    /// <summary>Which quantization table the component has (Tq).</summary>
    public int Quantization { get; init; }

    /// <summary>MCUs between restart markers (Ri); 0 without.</summary>
    public int RestartInterval { get; init; }

    /// <summary>Which DC or lossless Huffman table the scan uses (Td).</summary>
    public int DcTable { get; init; }

    /// <summary>Which AC Huffman table the scan uses (Ta).</summary>
    public int AcTable { get; init; }

    /// <summary>Start of spectral selection (Ss); of a lossless scan the predictor.</summary>
    public int Selection { get; init; }

    /// <summary>End of spectral selection (Se).</summary>
    public int SelectionEnd { get; init; }

    /// <summary>
    /// Successive approximation, both parts: the higher of earlier scans (Ah) and the lower (Al), of a lossless scan the point transform.
    /// </summary>
    public (int High, int Low) Approximation { get; init; }

    /// <summary>Where the coded bits start in the code stream.</summary>
    public int Scan { get; init; }

    /// <summary>The stream's tables.</summary>
    public required JpegTables Tables { get; init; }

    /// <summary>Null, or why a stream of this header is none of the frame that is asked for.</summary>
    /// <param name="form">What the frame must be.</param>
    /// <param name="room">Bytes there are for the samples.</param>
    public string? Contradiction(FrameForm form, int room) =>
        Components != 1 ? $"its {JpegMarker.Name(Frame)} has {Components} components, where a grey image has one"
        : Rows == 0 ? $"its {JpegMarker.Name(Frame)} says its height behind the image (DNL), which is not read"
        : form.Contradiction(JpegMarker.Name(Frame), Rows, Columns, Precision, room);
}
