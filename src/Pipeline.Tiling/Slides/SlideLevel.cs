namespace MhdNet.Tiling.Slides;

/// <summary>One level of a slide's pyramid.</summary>
/// <param name="Width">Width in pixels of this level.</param>
/// <param name="Height">Height in pixels of this level.</param>
/// <param name="Downsample">Level-0 pixels per pixel of this level; 1 at level 0, larger above.</param>
public sealed record SlideLevel(long Width, long Height, double Downsample);
