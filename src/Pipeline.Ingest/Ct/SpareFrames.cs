namespace MhdNet.Ingest.Ct;

/// <summary>
/// The memory of decoded slices and of frames, used again for the next ones: half a megabyte taken anew for every slice would cost more in the system and the collector than decoding it does.
/// Thread safe.
/// </summary>
internal static class SpareFrames
{
    /// <summary>Values kept at most, 64 MB: some sequences of frames, and a slice of usual size for each of many processors.</summary>
    internal const int Most = 1 << 25;

    private static readonly Lock Gate = new();
    private static readonly List<short[]> Spare = [];
    private static int _values;

    /// <summary>Memory of exactly this length, with anything in it.</summary>
    public static short[] Take(int length)
    {
        lock (Gate)
        {
            for (var i = Spare.Count - 1; i >= 0; i--)
            {
                if (Spare[i] is var frame && frame.Length == length)
                {
                    Spare[i] = Spare[^1];
                    Spare.RemoveAt(Spare.Count - 1);
                    _values -= length;
                    return frame;
                }
            }
        }

        return GC.AllocateUninitializedArray<short>(length);
    }

    /// <summary>Gives back what nobody reads any more.</summary>
    public static void Keep(short[] frame)
    {
        if (frame.Length > Most)
        {
            return;
        }

        lock (Gate)
        {
            while (_values + frame.Length > Most)
            {
                _values -= Spare[0].Length; // of a length that is not asked for any more
                Spare.RemoveAt(0);
            }

            Spare.Add(frame);
            _values += frame.Length;
        }
    }
}
