namespace MhdNet.Ingest.Ct.Codecs;

/// <summary>What a frame of grey values must be, whatever its code stream says.</summary>
/// <param name="Rows">Height in pixels.</param>
/// <param name="Columns">Width in pixels.</param>
/// <param name="BitsAllocated">8 or 16: the room of a sample.</param>
internal readonly record struct FrameForm(int Rows, int Columns, int BitsAllocated)
{
    /// <summary>Bytes of all samples.</summary>
    public long Bytes => (long)Rows * Columns * (BitsAllocated / 8);
}
