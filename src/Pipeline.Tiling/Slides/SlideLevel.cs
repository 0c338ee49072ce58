namespace MhdNet.Tiling.Slides;

/// <summary>One level of a slide's pyramid.</summary>
/// <param name="Width">Width in pixels of this level.</param>
/// <param name="Height">Height in pixels of this level.</param>
/// <param name="Downsample">Level-0 pixels per pixel of this level; 1 at level 0, larger above.</param>
public sealed record SlideLevel(long Width, long Height, double Downsample)
{
    /// <summary>The file's level that this one is decoded from.</summary>
    public int Stored { get; init; }

    /// <summary>1 for a level of the file. 2, 4 or 8: no level of the file, but one of its levels with every JPEG tile decoded at a fraction of its size, which costs less than decoding and shrinking it.</summary>
    public int Scale { get; init; } = 1;
}
