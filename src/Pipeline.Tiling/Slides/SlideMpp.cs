namespace MhdNet.Tiling.Slides;

/// <summary>Size of a level-0 pixel, as someone says who knows it better than the file.</summary>
/// <param name="X">Width in µm.</param>
/// <param name="Y">Height in µm.</param>
public sealed record SlideMpp(double X, double Y);
