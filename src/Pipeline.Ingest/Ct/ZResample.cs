namespace MhdNet.Ingest.Ct;

/// <summary>Linear interpolation along z, for series with fewer slices than a sequence has frames.</summary>
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

    /// <summary>Resamples n frames of Hounsfield units to <paramref name="frames"/>, rounded.</summary>
    public static short[][] Frames(IReadOnlyList<short[]> slices, int frames)
    {
        var resampled = new short[frames][];
        for (var i = 0; i < frames; i++)
        {
            var position = Position(i, frames, slices.Count);
            var lower = slices[(int)position];
            var upper = slices[Math.Min((int)position + 1, slices.Count - 1)];
            var weight = position - (int)position;
            var frame = new short[lower.Length];
            for (var p = 0; p < frame.Length; p++)
            {
                frame[p] = (short)Math.Round(lower[p] + (weight * (upper[p] - lower[p])));
            }

            resampled[i] = frame;
        }

        return resampled;
    }
}
