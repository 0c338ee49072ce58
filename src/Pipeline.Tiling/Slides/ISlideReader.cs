using OpenCvSharp;

namespace MhdNet.Tiling.Slides;

/// <summary>A whole-slide image being read.</summary>
public interface ISlideReader : IDisposable
{
    /// <summary>The file, as given.</summary>
    string Path { get; }

    /// <summary>The pyramid, level 0 (the finest) first.</summary>
    IReadOnlyList<SlideLevel> Levels { get; }

    /// <summary>What the file says of itself, under OpenSlide's names (<c>openslide.mpp-x</c>, <c>tiff.XResolution</c>, …).</summary>
    IReadOnlyDictionary<string, string> Properties { get; }

    /// <summary>Reads a rectangle; what lies outside the scanned area is white.</summary>
    /// <param name="x">Left edge in level-0 pixels.</param>
    /// <param name="y">Upper edge in level-0 pixels.</param>
    /// <param name="level">The level to read.</param>
    /// <param name="width">Width in pixels of that level.</param>
    /// <param name="height">Height in pixels of that level.</param>
    /// <returns>8-bit, three channels in the order red, green, blue; the caller disposes it.</returns>
    /// <exception cref="SlideException">The pixels cannot be decoded. Only a <see cref="ReopeningSlide"/> can be read on.</exception>
    Mat ReadRegion(long x, long y, int level, int width, int height);
}
