using MhdNet.Tiling.Blocks;

namespace MhdNet.Tiling.Tiles;

/// <summary>The sums pixel by pixel: for tiles whose width is no multiple of 32, processors without vectors of 256 bits, and as the definition that the vectors are tested against.</summary>
internal static unsafe class ScalarPixelSums
{
    public static PixelSums Of(PixelView rgb, TileFilterSettings settings)
    {
        var (white, saturation, nuclear) = (0L, 0.0, 0L);
        var grey = new int[rgb.Height, rgb.Width];
        for (var y = 0; y < rgb.Height; y++)
        {
            var pixel = rgb.Row(y);
            for (var x = 0; x < rgb.Width; x++, pixel += 3)
            {
                grey[y, x] = ((77 * pixel[0]) + (150 * pixel[1]) + (29 * pixel[2]) + 128) >> 8;
                if (((x | y) & 1) != 0)
                {
                    continue;
                }

                int darkest = Math.Min(pixel[0], Math.Min(pixel[1], pixel[2])), brightest = Math.Max(pixel[0], Math.Max(pixel[1], pixel[2]));
                white += darkest >= settings.WhiteAbove ? 1 : 0;
                saturation += brightest == 0 ? 0 : 255.0 * (brightest - darkest) / brightest;
                nuclear += StainSeparation.Haematoxylin(pixel[0], pixel[1], pixel[2]) > settings.NuclearAbove ? 1 : 0;
            }
        }

        var (sum, squares) = Laplacian(grey, rgb.Width, rgb.Height);
        return new PixelSums(white, saturation, nuclear, sum, squares);
    }

    private static (long Sum, long Squares) Laplacian(int[,] grey, int width, int height)
    {
        var (sum, squares) = (0L, 0L);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                long value = grey[Mirrored(y - 1, height), x] + grey[Mirrored(y + 1, height), x] + grey[y, Mirrored(x - 1, width)] + grey[y, Mirrored(x + 1, width)] - (4 * grey[y, x]);
                sum += value;
                squares += value * value;
            }
        }

        return (sum, squares);
    }

    private static int Mirrored(int at, int length) => length == 1 ? 0 : at < 0 ? -at : at >= length ? (2 * length) - 2 - at : at;
}
