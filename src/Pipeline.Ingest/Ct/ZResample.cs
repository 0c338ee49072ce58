namespace MhdNet.Ingest.Ct;

/// <summary>Linear interpolation along z.</summary>
public static class ZResample
{
    /// <summary>Position of a frame among <paramref name="slices"/> slices: frame i of m at i*(n-1)/(m-1).</summary>
    public static double Position(int frame, int frames, int slices) => frames == 1 ? 0 : (double)frame * (slices - 1) / (frames - 1);

    /// <summary>A value between the two neighbours of a fractional index.</summary>
    public static double At(IReadOnlyList<double> values, double position)
    {
        var lower = (int)position;
        return lower + 1 < values.Count ? values[lower] + ((position - lower) * (values[lower + 1] - values[lower])) : values[lower];
    }

    /// <summary>Hounsfield units between two slices, rounded.</summary>
    /// <param name="lower">The slice at weight 0.</param>
    /// <param name="upper">The slice at weight 1.</param>
    /// <param name="weight">0 to 1.</param>
    public static short[] Between(short[] lower, short[] upper, double weight)
    {
        if (weight == 0)
        {
            return lower;
        }

        var frame = new short[lower.Length];
        for (var p = 0; p < frame.Length; p++)
        {
            frame[p] = (short)Math.Round(lower[p] + (weight * (upper[p] - lower[p])));
        }

        return frame;
    }
}
