using Akka.Configuration;

namespace MhdNet.Tiling.Tiles;

/// <summary>Which tiles are kept: the section <c>mhdnet.slides.filter</c>.</summary>
public sealed record TileFilterSettings
{
    /// <summary>The filters that are in use; what the others would say is measured all the same.</summary>
    public TileFilters Use { get; init; } = TileFilters.All;

    /// <summary>Share of a tile that must be tissue by the mask.</summary>
    public double MinTissue { get; init; } = 0.5;

    /// <summary>Largest share of a tile that may be a pen mark or a black edge by the mask.</summary>
    public double MaxArtefact { get; init; } = 0.25;

    /// <summary>A pixel whose darkest channel reaches this (0 to 255) is white.</summary>
    public double WhiteAbove { get; init; } = 215;

    /// <summary>Largest share of white pixels.</summary>
    public double MaxWhite { get; init; } = 0.5;

    /// <summary>Smallest mean saturation, 0 to 255.</summary>
    public double MinSaturation { get; init; } = 12;

    /// <summary>Smallest variance of the Laplacian at the tile's resolution.</summary>
    public double MinFocus { get; init; } = 30;

    /// <summary>Haematoxylin (optical density, base 10) above which a pixel is nuclear.</summary>
    public double NuclearAbove { get; init; } = 0.3;

    /// <summary>Smallest share of nuclear pixels; 0 keeps stroma, blood and mucin too.</summary>
    public double MinNuclear { get; init; } = 0.02;

    /// <summary>Whether a filter is in use.</summary>
    public bool Uses(TileFilters filter) => (Use & filter) != 0;

    /// <summary>Reads the section; what is missing has its default.</summary>
    /// <exception cref="ConfigurationException">A filter that is none; the message names it.</exception>
    public static TileFilterSettings From(Config config)
    {
        var none = new TileFilterSettings();
        if (TileFilterNames.Parse(config.GetString("use", "all"), out var use) is { } unknown)
        {
            throw new ConfigurationException($"mhdnet.slides.filter.use names '{unknown}'; it can name {TileFilterNames.Choices}");
        }

        return new TileFilterSettings
        {
            Use = use,
            MinTissue = config.GetDouble("min-tissue", none.MinTissue),
            MaxArtefact = config.GetDouble("max-artefact", none.MaxArtefact),
            WhiteAbove = config.GetDouble("white-above", none.WhiteAbove),
            MaxWhite = config.GetDouble("max-white", none.MaxWhite),
            MinSaturation = config.GetDouble("min-saturation", none.MinSaturation),
            MinFocus = config.GetDouble("min-focus", none.MinFocus),
            NuclearAbove = config.GetDouble("nuclear-above", none.NuclearAbove),
            MinNuclear = config.GetDouble("min-nuclear", none.MinNuclear),
        };
    }
}
