namespace MhdNet.Training.Batches;

/// <summary>Scales pixels as the network expects them: [0,1], then mean 0.5 and standard deviation 0.5; optionally mirrored left to right.</summary>
public static class FrameNorm
{
    /// <summary>Windows a frame of Hounsfield units.</summary>
    /// <param name="frame">Row by row.</param>
    /// <param name="width">Pixels of a row.</param>
    /// <param name="low">Hounsfield value that becomes -1, with everything below.</param>
    /// <param name="high">Hounsfield value that becomes 1, with everything above.</param>
    /// <param name="flip">Whether rows are mirrored.</param>
    /// <param name="into">As long as the frame.</param>
    public static void Ct(ReadOnlySpan<float> frame, int width, int low, int high, bool flip, Span<float> into)
    {
        var scale = 1f / (high - low);
        for (var i = 0; i < frame.Length; i++)
        {
            into[i] = (Math.Clamp((frame[i] - low) * scale, 0f, 1f) - 0.5f) / 0.5f;
        }

        Mirror(into, width, flip);
    }

    /// <summary>One colour of a tile.</summary>
    /// <param name="frame">Row by row, red, green, blue of a pixel side by side, 0 to 255.</param>
    /// <param name="colour">0 red, 1 green, 2 blue.</param>
    /// <param name="width">Pixels of a row.</param>
    /// <param name="flip">Whether rows are mirrored.</param>
    /// <param name="into">A third as long as the frame.</param>
    public static void Colour(ReadOnlySpan<float> frame, int colour, int width, bool flip, Span<float> into)
    {
        for (var i = 0; i < into.Length; i++)
        {
            into[i] = ((frame[(3 * i) + colour] / 255f) - 0.5f) / 0.5f;
        }

        Mirror(into, width, flip);
    }

    private static void Mirror(Span<float> frame, int width, bool flip)
    {
        for (var row = 0; flip && row < frame.Length; row += width)
        {
            frame.Slice(row, width).Reverse();
        }
    }
}
