using Akka.Configuration;
using MhdNet.Tiling.Stains;
using MhdNet.Tiling.Tiles;
using MhdNet.Tiling.Tissue;

namespace MhdNet.Tiling.Slides;

/// <summary>How slides become sequences: the section <c>mhdnet.slides</c>. The defaults are the documented ones.</summary>
public sealed record SlideSettings
{
    /// <summary>Frames of a sequence.</summary>
    public const int SequenceLength = 24;

    /// <summary>Edge of a tile in pixels.</summary>
    public int TileSize { get; init; } = 224;

    /// <summary>µm per pixel of a tile: 0.5, the usual 20x.</summary>
    public double TargetMpp { get; init; } = 0.5;

    /// <summary>µm per pixel assumed for a slide that does not say; null: such a slide is rejected.</summary>
    public double? DefaultMpp { get; init; }

    /// <summary>Size of this slide's pixels, before what its file says; null: as the file says.</summary>
    public SlideMpp? KnownMpp { get; init; }

    /// <summary>The level whose pixels become tiles as they are, in place of <see cref="TargetMpp"/>; null: by resolution.</summary>
    public int? Level { get; init; }

    /// <summary>Normalisation of the stored tiles' colours; the filters judge the slide's own.</summary>
    public StainMethod Stain { get; init; }

    /// <summary>A GeoJSON file with this slide's tissue, in place of the mask that would be found; null: none.</summary>
    public string? MaskFile { get; init; }

    /// <summary>Where this slide's tissue goes as GeoJSON; null: nowhere.</summary>
    public string? MaskOutFile { get; init; }

    /// <summary>How far a slide coarser than the target may be enlarged; beyond, it is rejected.</summary>
    public double MaxEnlargement { get; init; } = 1.25;

    /// <summary>Sequences taken from one slide at most, spread evenly over it; 0: all.</summary>
    public int MaxSequences { get; init; } = 16;

    /// <summary>What happens to the tiles after the last full sequence.</summary>
    public RemainderPolicy Remainder { get; init; }

    /// <summary>Blocks of tiles read at the same time, each with an OpenSlide handle of its own (32 MB of cache) where the slide needs OpenSlide; 0: one for each processor, at most 16.</summary>
    public int Readers { get; init; }

    /// <summary>As many as <see cref="Readers"/> says on this machine.</summary>
    public int Parallelism => Readers > 0 ? Readers : Math.Min(16, Environment.ProcessorCount);

    /// <summary>Share of the tiles read that may be undecodable before the slide counts as damaged.</summary>
    public double MaxUnreadable { get; init; } = 0.1;

    /// <summary>Finding the tissue.</summary>
    public TissueSettings Tissue { get; init; } = new();

    /// <summary>Choosing among the tiles.</summary>
    public TileFilterSettings Filter { get; init; } = new();

    /// <summary>Reads the section; what is missing has its default.</summary>
    /// <exception cref="ConfigurationException">A value that makes no sense; the message names it.</exception>
    public static SlideSettings From(Config config)
    {
        var none = new SlideSettings();
        var mpp = config.GetString("default-mpp", "unknown");
        var settings = new SlideSettings
        {
            TileSize = config.GetInt("tile-size", none.TileSize),
            TargetMpp = config.GetDouble("target-mpp", none.TargetMpp),
            DefaultMpp = mpp is "unknown" or "" ? null : config.GetDouble("default-mpp"),
            MaxEnlargement = config.GetDouble("max-enlargement", none.MaxEnlargement),
            MaxSequences = config.GetInt("max-sequences", none.MaxSequences),
            Remainder = config.GetString("remainder", "drop") switch
            {
                "drop" => RemainderPolicy.Drop,
                "overlap" => RemainderPolicy.Overlap,
                var other => throw new ConfigurationException($"mhdnet.slides.remainder is '{other}'; it can be drop or overlap"),
            },
            Readers = config.GetInt("readers", none.Readers),
            Stain = config.GetString("stain", "none") switch
            {
                "none" => StainMethod.None,
                "reinhard" => StainMethod.Reinhard,
                "macenko" => StainMethod.Macenko,
                var other => throw new ConfigurationException($"mhdnet.slides.stain is '{other}'; it can be none, reinhard or macenko"),
            },
            MaxUnreadable = config.GetDouble("max-unreadable", none.MaxUnreadable),
            Tissue = TissueSettings.From(config.GetConfig("tissue") ?? Config.Empty),
            Filter = TileFilterSettings.From(config.GetConfig("filter") ?? Config.Empty),
        };
        return settings.Problem() is { } problem ? throw new ConfigurationException($"mhdnet.slides.{problem}") : settings;
    }

    /// <summary>What makes no sense: <c>name is value; it must be …</c>, the name as in the settings; null where all does.</summary>
    public string? Problem() => this switch
    {
        { TileSize: < 16 or > 4096 } => $"tile-size is {TileSize}; it must be 16 to 4096",
        { TargetMpp: not (>= SlideResolution.FinestMpp and <= SlideResolution.CoarsestMpp) } => $"target-mpp is {TargetMpp}; it must be {SlideResolution.FinestMpp} to {SlideResolution.CoarsestMpp}",
        { DefaultMpp: not null and not (>= SlideResolution.FinestMpp and <= SlideResolution.CoarsestMpp) } => $"default-mpp is {DefaultMpp}; it must be {SlideResolution.FinestMpp} to {SlideResolution.CoarsestMpp}, or unknown",
        { MaxEnlargement: not >= 1 } => $"max-enlargement is {MaxEnlargement}; it must be at least 1",
        { MaxSequences: < 0 } => $"max-sequences is {MaxSequences}; it must be at least 1, or 0 for all",
        { Level: < 0 } => $"level is {Level}; it must be 0 or more",
        { Readers: < 0 or > 64 } => $"readers is {Readers}; it must be 1 to 64, or 0 for one a processor",
        { MaxUnreadable: not (>= 0 and <= 1) } => $"max-unreadable is {MaxUnreadable}; it must be 0 to 1",
        _ => null,
    };
}
