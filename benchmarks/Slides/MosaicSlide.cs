using MhdNet.Tiling.Phantom;
using NetVips;

namespace MhdNet.Benchmarks.Slides;

/// <summary>A slide as large as a scanner's: synthetic slides side by side, 8 across and 10 down, 28,000 x 30,000 pixels at 0.5 µm.</summary>
internal static class MosaicSlide
{
    private const int Across = 8;
    private const int Down = 10;
    private const int Different = 6;

    public static void Write(string path)
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
            whole.Tiffsave(
                path, compression: Enums.ForeignTiffCompression.Jpeg, q: 85, tile: true, tileWidth: 256, tileHeight: 256, pyramid: true,
                xres: 1000 / SlidePhantom.Mpp, yres: 1000 / SlidePhantom.Mpp, resunit: Enums.ForeignTiffResunit.Cm, bigtiff: true);
            parts.ForEach(part => part.Dispose());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
