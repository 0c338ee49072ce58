namespace MhdNet.Tiling.Stains;

/// <summary>Brings a slide's colours to a reference. Thread safe.</summary>
public abstract class StainNormaliser
{
    /// <summary>Tissue pixels below which nothing is fitted.</summary>
    public const int FewestPixels = 1000;

    /// <summary>What it was made of.</summary>
    public abstract StainRecord Record { get; }

    /// <summary>Fits a method to a slide.</summary>
    /// <param name="method">The method.</param>
    /// <param name="rgb">Pixels of the slide's tissue, 8-bit RGB, glass among them or not.</param>
    /// <returns>Null for <see cref="StainMethod.None"/>, and where there is too little tissue to fit anything to.</returns>
    public static StainNormaliser? Fit(StainMethod method, ReadOnlySpan<byte> rgb) => method switch
    {
        StainMethod.Reinhard => ReinhardNormaliser.Fit(rgb),
        StainMethod.Macenko => MacenkoNormaliser.Fit(rgb),
        _ => null,
    };

    /// <summary>Changes pixels in place.</summary>
    /// <param name="rgb">8-bit RGB.</param>
    public abstract void Apply(Span<byte> rgb);

    /// <summary>A colour value, rounded and held within 0 to 255.</summary>
    protected static byte ToByte(double value) => (byte)Math.Clamp(Math.Round(value), 0, 255);
}
