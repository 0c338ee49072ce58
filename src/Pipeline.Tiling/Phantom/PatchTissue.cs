using OpenCvSharp;

namespace MhdNet.Tiling.Phantom;

/// <summary>Builds a synthetic slide from real patches: they fill the tissue's outline on the tile grid, each turned or mirrored anew.</summary>
internal static class PatchTissue
{
    private const int Edge = 224;

    /// <summary>Builds it.</summary>
    /// <returns>8-bit RGB, one patch pixel a slide pixel.</returns>
    /// <exception cref="InvalidDataException">A patch is no image, or smaller than 224 x 224; the message names it.</exception>
    public static Mat Build(IReadOnlyList<string> files, Size size, Random random)
    {
        var patches = files.Select(Load).ToList();
        try
        {
            return Build(patches, size, random);
        }
        finally
        {
            patches.ForEach(patch => patch.Dispose());
        }
    }

    private static Mat Build(List<Mat> patches, Size size, Random random)
    {
        using var outline = RandomFields.Outline(random, size);
        using var filled = new Mat(size, MatType.CV_8UC3, Scalar.All(243));
        var order = Enumerable.Range(0, patches.Count).ToArray();
        var next = order.Length;
        for (var y = 0; y + Edge <= size.Height; y += Edge)
        {
            for (var x = 0; x + Edge <= size.Width; x += Edge)
            {
                if (next == order.Length)
                {
                    random.Shuffle(order);
                    next = 0;
                }

                using var turned = Turned(patches[order[next++]], random.Next(8));
                using var place = filled[new Rect(x, y, Edge, Edge)];
                turned.CopyTo(place);
            }
        }

        var rgb = new Mat(size, MatType.CV_8UC3, Scalar.All(243));
        filled.CopyTo(rgb, outline);
        return rgb;
    }

    private static Mat Load(string file)
    {
        using var bgr = Cv2.ImRead(file, ImreadModes.Color);
        if (bgr.Empty() || bgr.Width < Edge || bgr.Height < Edge)
        {
            throw new InvalidDataException(bgr.Empty() ? $"{file} is not an image that can be read." : $"{file} is {bgr.Width} x {bgr.Height} pixels; a patch needs at least {Edge} x {Edge}.");
        }

        using var centre = bgr[new Rect((bgr.Width - Edge) / 2, (bgr.Height - Edge) / 2, Edge, Edge)];
        var rgb = new Mat();
        Cv2.CvtColor(centre, rgb, ColorConversionCodes.BGR2RGB);
        return rgb;
    }

    // The eight symmetries of the square.
    private static Mat Turned(Mat patch, int symmetry)
    {
        var turned = patch.Clone();
        if ((symmetry & 4) != 0)
        {
            Cv2.Flip(turned, turned, FlipMode.Y);
        }

        if ((symmetry & 3) != 0)
        {
            Cv2.Rotate(turned, turned, (symmetry & 3) switch { 1 => RotateFlags.Rotate90Clockwise, 2 => RotateFlags.Rotate180, _ => RotateFlags.Rotate90Counterclockwise });
        }

        return turned;
    }
}
