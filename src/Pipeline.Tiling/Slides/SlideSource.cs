using MhdNet.Tiling.Stains;
using MhdNet.Tiling.Tiles;

namespace MhdNet.Tiling.Slides;

/// <summary>Where the sequences of a slide come from, for its manifest: geometry, thresholds, counts.</summary>
/// <param name="Width">Level-0 width in pixels.</param>
/// <param name="Height">Level-0 height in pixels.</param>
/// <param name="MppX">Width of a level-0 pixel in µm.</param>
/// <param name="MppY">Height of a level-0 pixel in µm.</param>
/// <param name="MppFrom">Where the resolution was taken from.</param>
/// <param name="Vendor">The file's format, as OpenSlide names it.</param>
/// <param name="TargetMpp">µm per tile pixel asked for.</param>
/// <param name="Grid">How the tiles lie, and the level they are read from.</param>
/// <param name="TissueMpp">µm per pixel of the tissue mask.</param>
/// <param name="TissueThreshold">Saturation (0 to 255) from which a pixel is tissue; 0 where the mask was given.</param>
/// <param name="TissueOutlines">Name of the GeoJSON file that the mask was given in; null: it was found.</param>
/// <param name="TissueShare">Share of the slide that is tissue.</param>
/// <param name="Filter">The tile filter's thresholds.</param>
/// <param name="Remainder">What became of the tiles after the last full sequence.</param>
/// <param name="MaxSequences">Sequences at most; 0: all.</param>
/// <param name="Counts">Tiles by fate.</param>
/// <param name="StoredLevel">The file's level that the tiles were read from; the grid's level also counts those that exist by scaled decoding only.</param>
/// <param name="Scale">How much smaller its JPEG tiles were decoded: 1, 2, 4 or 8.</param>
/// <param name="Decoder"><c>turbojpeg</c> where the file's JPEG tiles were decoded one by one, <c>openslide</c> elsewhere.</param>
/// <param name="Stain">How the stored colours were normalised; null: they are the slide's.</param>
public sealed record SlideSource(
    long Width, long Height, double MppX, double MppY, ResolutionOrigin MppFrom, string Vendor, double TargetMpp, TileGrid Grid,
    double TissueMpp, double TissueThreshold, string? TissueOutlines, double TissueShare, TileFilterSettings Filter, RemainderPolicy Remainder, int MaxSequences, TileCounts Counts,
    int StoredLevel, int Scale, string Decoder, StainRecord? Stain);
