using MhdNet.Tiling.Phantom;
using MhdNet.Tiling.Tests.Slides;
using NetVips;

namespace MhdNet.Benchmarks.Slides;

/// <summary>A slide as large as a scanner's: synthetic slides side by side, 8 across and 10 down, 28,000 x 30,000 pixels at 0.5 µm.</summary>
internal static class MosaicSlide
{
    private const int Across = 8;
    private const int Down = 10;
    private const int Different = 6;

    private static readonly int[] AperioLevels = [1, 4, 16];

    /// <summary>As converters write it: 256-pixel tiles, YCbCr 4:2:0, quality 85, levels by halves.</summary>
    public static void WriteGeneric(string path) => Write(whole => whole.Tiffsave(
        path, compression: Enums.ForeignTiffCompression.Jpeg, q: 85, tile: true, tileWidth: 256, tileHeight: 256, pyramid: true,
        xres: 1000 / SlidePhantom.Mpp, yres: 1000 / SlidePhantom.Mpp, resunit: Enums.ForeignTiffResunit.Cm, bigtiff: true));

    /// <summary>As Aperio scanners write it: 240-pixel tiles, RGB 4:4:4, quality 70, levels by quarters.</summary>
    public static void WriteAperio(string path) => Write(whole =>
    {
        var format = ScannerFormat.Aperio(whole.Width, whole.Height, "0.5");
        using var tiff = new ScannerTiff(path, format);
        foreach (var shrink in AperioLevels)
        {
            using var level = whole.Shrink(shrink, shrink).CopyMemory();
            tiff.Level(level.Width, level.Height, (column, row) =>
            {
                int x = column * format.Tile, y = row * format.Tile;
                using var tile = level.Crop(x, y, Math.Min(format.Tile, level.Width - x), Math.Min(format.Tile, level.Height - y)).Gravity(Enums.CompassDirection.NorthWest, format.Tile, format.Tile, extend: Enums.Extend.White);
                return tile.WriteToMemory<byte>();
            });
        }
    });

    private static void Write(Action<Image> write)
    {
        var folder = Directory.CreateTempSubdirectory("mhdnet-mosaic-").FullName;
        try
        {
            var parts = Enumerable.Range(0, Different).Select(i =>
            {
                var part = System.IO.Path.Combine(folder, $"{i}.tif");
                SlidePhantom.Write(part, i % 3, 3, 100 + i);
                return Image.NewFromFile(part);
            }).ToList();
            var placed = Enumerable.Range(0, Across * Down).Select(i => parts[((i * 5) + (i / Across)) % Different]).ToArray();
            using var whole = Image.Arrayjoin(placed, across: Across);
            write(whole);
            parts.ForEach(part => part.Dispose());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
