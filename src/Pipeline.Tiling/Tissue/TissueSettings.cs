using Akka.Configuration;

namespace MhdNet.Tiling.Tissue;

/// <summary>How tissue is told from glass: the section <c>mhdnet.slides.tissue</c>.</summary>
public sealed record TissueSettings
{
    /// <summary>µm per pixel of the image that the mask is made from.</summary>
    public double Mpp { get; init; } = 8;

    /// <summary>Lowest saturation (0 to 255) that counts as tissue, whatever Otsu's method says: a blank slide has a threshold too.</summary>
    public double MinThreshold { get; init; } = 14;

    /// <summary>Highest threshold of saturation: where tissue fills the image, Otsu's method would part pale tissue from strong.</summary>
    public double MaxThreshold { get; init; } = 40;

    /// <summary>Edge of the median filter in µm; smooths dust, JPEG noise and single fibres.</summary>
    public double MedianUm { get; init; } = 40;

    /// <summary>Radius of the closing in µm; joins tissue across small gaps.</summary>
    public double ClosingUm { get; init; } = 32;

    /// <summary>Smallest piece of tissue kept, in µm²; 12,500 is one tile at 0.5 µm.</summary>
    public double MinPieceUm2 { get; init; } = 12_500;

    /// <summary>Holes up to this area, in µm², are filled.</summary>
    public double MaxHoleUm2 { get; init; } = 30_000;

    /// <summary>Whether marks of felt pens, told by their hue, are taken out; black edges always are.</summary>
    public bool ExcludePen { get; init; } = true;

    /// <summary>Margin around pen marks and black edges in µm that is taken out with them.</summary>
    public double ArtefactMarginUm { get; init; } = 24;

    /// <summary>Brightest channel (0 to 255) below which a pixel is dark.</summary>
    public double DarkBelow { get; init; } = 64;

    /// <summary>Share of dark pixels above which the slide is not bright field (fluorescence has a dark background).</summary>
    public double MaxDark { get; init; } = 0.5;

    /// <summary>Share of tissue below which the slide has none.</summary>
    public double MinTissue { get; init; } = 0.001;

    /// <summary>Reads the section; what is missing has its default.</summary>
    public static TissueSettings From(Config config)
    {
        var none = new TissueSettings();
        return new TissueSettings
        {
            Mpp = config.GetDouble("mpp", none.Mpp),
            MinThreshold = config.GetDouble("min-threshold", none.MinThreshold),
            MaxThreshold = config.GetDouble("max-threshold", none.MaxThreshold),
            MedianUm = config.GetDouble("median-um", none.MedianUm),
            ClosingUm = config.GetDouble("closing-um", none.ClosingUm),
            MinPieceUm2 = config.GetDouble("min-piece-um2", none.MinPieceUm2),
            MaxHoleUm2 = config.GetDouble("max-hole-um2", none.MaxHoleUm2),
            ExcludePen = config.GetBoolean("exclude-pen", none.ExcludePen),
            ArtefactMarginUm = config.GetDouble("artefact-margin-um", none.ArtefactMarginUm),
            DarkBelow = config.GetDouble("dark-below", none.DarkBelow),
            MaxDark = config.GetDouble("max-dark", none.MaxDark),
            MinTissue = config.GetDouble("min-tissue", none.MinTissue),
        };
    }
}
