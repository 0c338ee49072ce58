using System.Globalization;

namespace MhdNet.Tiling.Slides;

/// <summary>How large a level-0 pixel of a slide is.</summary>
/// <param name="MppX">Width in µm.</param>
/// <param name="MppY">Height in µm.</param>
/// <param name="Origin">Where the numbers come from.</param>
public sealed record SlideResolution(double MppX, double MppY, ResolutionOrigin Origin)
{
    /// <summary>The finest pixel believed, in µm; finer is beyond light microscopy's 100x objectives.</summary>
    public const double FinestMpp = 0.05;

    /// <summary>The coarsest pixel believed, in µm; above it are macro photographs and the 72 dpi of image editors.</summary>
    public const double CoarsestMpp = 20;

    /// <summary>
    /// Scanner's entry, else TIFF tags, else objective power, else the default; an entry outside
    /// <see cref="FinestMpp"/> to <see cref="CoarsestMpp"/> counts as absent.
    /// </summary>
    /// <param name="properties">The slide's properties.</param>
    /// <param name="known">What someone knows better than the file; null: nothing.</param>
    /// <param name="defaultMpp">What to assume where the file says nothing, in µm; null: nothing.</param>
    /// <returns>Null where the resolution is unknown.</returns>
    public static SlideResolution? Of(IReadOnlyDictionary<string, string> properties, double? defaultMpp, SlideMpp? known = null) =>
        Believed(known?.X, known?.Y, ResolutionOrigin.Given)
        ?? Believed(Number(properties, "openslide.mpp-x"), Number(properties, "openslide.mpp-y"), ResolutionOrigin.Scanner)
        ?? OfTiff(properties)
        ?? OfObjective(properties)
        ?? Believed(defaultMpp, defaultMpp, ResolutionOrigin.Settings);

    /// <summary><c>0.25</c>, or <c>0.25 x 0.5</c> where pixels are not square.</summary>
    public override string ToString() => MppX == MppY
        ? MppX.ToString("0.####", CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{MppX:0.####} x {MppY:0.####}");

    private static SlideResolution? OfTiff(IReadOnlyDictionary<string, string> properties)
    {
        double? unit = properties.GetValueOrDefault("tiff.ResolutionUnit") switch { "inch" => 25_400, "centimeter" => 10_000, _ => null };
        return Believed(unit / Number(properties, "tiff.XResolution"), unit / Number(properties, "tiff.YResolution"), ResolutionOrigin.TiffTags);
    }

    private static SlideResolution? OfObjective(IReadOnlyDictionary<string, string> properties)
    {
        var mpp = 10 / Number(properties, "openslide.objective-power");
        return Believed(mpp, mpp, ResolutionOrigin.ObjectivePower);
    }

    private static SlideResolution? Believed(double? x, double? y, ResolutionOrigin origin) =>
        x is >= FinestMpp and <= CoarsestMpp && y is >= FinestMpp and <= CoarsestMpp ? new(x.Value, y.Value, origin) : null;

    private static double? Number(IReadOnlyDictionary<string, string> properties, string name) =>
        properties.TryGetValue(name, out var text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
