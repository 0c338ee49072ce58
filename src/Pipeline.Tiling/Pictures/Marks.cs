using MhdNet.Tiling.Tiles;
using OpenCvSharp;

namespace MhdNet.Tiling.Pictures;

/// <summary>Colours of the picture, in OpenCV's order blue, green, red.</summary>
internal static class Marks
{
    public static readonly Scalar Outline = new(0, 140, 0);

    public static readonly Scalar Used = new(200, 80, 0);

    public static readonly Scalar Spare = new(230, 190, 120);

    public static readonly Scalar Ink = new(40, 40, 40);

    /// <summary>Colour of the tiles of a verdict that drops them.</summary>
    public static Scalar Of(TileVerdict verdict) => verdict switch
    {
        TileVerdict.Sparse => new(150, 150, 150),
        TileVerdict.Artefact => new(0, 0, 210),
        TileVerdict.Unreadable => new(0, 0, 0),
        TileVerdict.White => new(0, 190, 255),
        TileVerdict.Colourless => new(110, 90, 30),
        TileVerdict.Blurred => new(0, 90, 255),
        TileVerdict.Planned => Spare,
        TileVerdict.CellSparse => new(180, 0, 180),
        _ => Used,
    };
}
