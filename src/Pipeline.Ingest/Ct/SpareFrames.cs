namespace MhdNet.Ingest.Ct;

/// <summary>
/// The memory of decoded slices and of frames, used again for the next ones: half a megabyte taken anew for every slice would cost more in the system and the collector than decoding it does.
/// Thread safe.
/// </summary>
internal static class SpareFrames
{
    /// <summary>A sequence of frames and a few slices for each of the processors.</summary>
    private const int Most = 64;

    private static readonly Lock Gate = new();
    private static readonly List<short[]> Spare = new(Most);

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
                    return frame;
                }
            }
        }

        return GC.AllocateUninitializedArray<short>(length);
    }

    /// <summary>Gives back what nobody reads any more.</summary>
    public static void Keep(short[] frame)
    {
        lock (Gate)
        {
            if (Spare.Count == Most)
            {
                Spare.RemoveAt(0); // of a length that is not asked for any more
            }

            Spare.Add(frame);
        }
    }
}
