namespace MhdNet.Ingest.Ct.Dicom;

/// <summary>What stands before the value of a data element (PS3.5, section 7.1).</summary>
/// <param name="Tag">Group in the upper, element in the lower 16 bits.</param>
/// <param name="Vr">The two letters of the value representation as a number, 0 where the file is implicit.</param>
/// <param name="Length">Of the value in bytes, or <see cref="Undefined"/>.</param>
/// <param name="Head">Where the head starts in the stream.</param>
/// <param name="Start">Where the value starts in the stream.</param>
internal readonly record struct ElementHead(uint Tag, ushort Vr, uint Length, long Head, long Start)
{
    public const uint Undefined = 0xFFFF_FFFF;

    public bool IsUndefined => Length == Undefined;

    /// <summary>OB: a value of single bytes, which have the same order in every transfer syntax.</summary>
    public bool IsBytes => Vr == (('O' << 8) | 'B');

    public override string ToString() => $"({Tag >> 16:X4},{Tag & 0xFFFF:X4})";
}
