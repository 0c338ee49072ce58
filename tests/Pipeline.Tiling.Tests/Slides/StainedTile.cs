using MhdNet.Tiling.Phantom;
using MhdNet.Tiling.Slides;
using MhdNet.Tiling.Tiles;
using OpenCvSharp;

namespace MhdNet.Tiling.Tests.Slides;

/// <summary>A 256-pixel tile of synthetic tissue that every default filter keeps.</summary>
internal static class StainedTile
{
    private static readonly Lazy<byte[]> Encoded = new(() =>
    {
        using var folder = new TemporaryFolder();
        SlidePhantom.Write(folder["slide.tif"], 0, 3, 1);
        using var slide = OpenSlideImage.Open(folder["slide.tif"]);
        var (x, y) = (from row in Enumerable.Range(2, 8) from column in Enumerable.Range(2, 10) select (X: column * 256L, Y: row * 256L)).MaxBy(corner =>
        {
            using var tile = slide.ReadRegion(corner.X, corner.Y, 0, 256, 256);
            return TileScores.Of(tile, new TileFilterSettings()).Nuclear;
        });
        using var chosen = slide.ReadRegion(x, y, 0, 256, 256);
        Cv2.CvtColor(chosen, chosen, ColorConversionCodes.RGB2BGR);
        Cv2.ImEncode(".jpg", chosen, out var jpeg, new ImageEncodingParam(ImwriteFlags.JpegQuality, 85));
        return jpeg;
    });

    /// <summary>As JPEG: YCbCr, 4:2:0, with its own tables.</summary>
    public static byte[] Jpeg => Encoded.Value;
}
