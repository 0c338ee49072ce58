namespace MhdNet.Ingest.Ct.Codecs;

/// <summary>What a code stream's own header says, held against what the frame must be, before anything is decoded.</summary>
internal static class FrameFormChecks
{
    /// <summary>Null, or the contradiction.</summary>
    /// <param name="form">What the frame must be.</param>
    /// <param name="coding">What the code stream is called.</param>
    /// <param name="rows">Its height.</param>
    /// <param name="columns">Its width.</param>
    /// <param name="precision">Its bits of a sample.</param>
    /// <param name="room">Bytes there are for the samples.</param>
    public static string? Contradiction(this FrameForm form, string coding, int rows, int columns, int precision, int room) =>
        (rows, columns) != (form.Rows, form.Columns)
            ? $"its {coding} has {rows}x{columns} pixels, where {form.Rows}x{form.Columns} are declared"
        : form.BitsAllocated is not (8 or 16) || precision < 1 || precision > form.BitsAllocated
            ? $"its {coding} has samples of {precision} bits, where {form.BitsAllocated} are allocated"
        : room != form.Bytes ? $"its frame of {rows}x{columns} pixels needs {form.Bytes} bytes, and {room} are there"
        : null;
}
