namespace MhdNet.Ingest.Ct.Dicom;

/// <summary>
/// The memory of one decoded slice for each thread, used again for the next: half a megabyte taken anew for every slice would cost more in the system than decoding it does.
/// </summary>
internal static class SpareFrame
{
    [ThreadStatic]
    private static short[]? _spare;

    /// <summary>Memory of exactly this length, with anything in it.</summary>
    public static short[] Take(int length)
    {
        var spare = _spare;
        _spare = null;
        return spare?.Length == length ? spare : GC.AllocateUninitializedArray<short>(length);
    }

    /// <summary>Gives back what nobody reads any more.</summary>
    public static void Keep(short[] frame) => _spare = frame;
}
