namespace MhdNet.Ingest.Phantom;

/// <summary>An organ as an ellipsoid, turned in the slice plane, with a soft edge of a pixel (partial volume). Positions in mm: x left, y back, z head.</summary>
internal readonly record struct Ellipsoid(double X, double Y, double Z, double Rx, double Ry, double Rz, double Hu, double Turn = 0)
{
    /// <summary>Paints the cut through the organ at height <paramref name="z"/> over what is there.</summary>
    public void Paint(float[] slice, PhantomScan scan, double z)
    {
        var height = 1 - ((z - Z) * (z - Z) / (Rz * Rz));
        if (height <= 0)
        {
            return;
        }

        var scale = Math.Sqrt(height);
        var (rx, ry) = (Rx * scale, Ry * scale);
        var (sin, cos) = Math.SinCos(Turn);
        var reach = Math.Max(rx, ry) + scan.PixelMm;
        var soft = Math.Min(rx, ry) / scan.PixelMm;
        var (left, right) = Range(X, Turn == 0 ? rx + scan.PixelMm : reach, scan);
        var (top, bottom) = Range(Y, Turn == 0 ? ry + scan.PixelMm : reach, scan);
        for (var row = top; row <= bottom; row++)
        {
            var dy = scan.Mm(row) - Y;
            for (var column = left; column <= right; column++)
            {
                var dx = scan.Mm(column) - X;
                var (u, v) = (((dx * cos) + (dy * sin)) / rx, ((dy * cos) - (dx * sin)) / ry);
                var weight = ((1 - Math.Sqrt((u * u) + (v * v))) * soft) + 0.5;
                if (weight > 0)
                {
                    ref var hu = ref slice[(row * scan.Pixels) + column];
                    hu += (float)(Math.Min(weight, 1) * (Hu - hu));
                }
            }
        }
    }

    /// <summary>The pixels within a distance of a position.</summary>
    public static (int First, int Last) Range(double middle, double reach, PhantomScan scan)
    {
        var offset = (scan.Pixels - 1) / 2.0;
        return (Math.Max(0, (int)Math.Floor(((middle - reach) / scan.PixelMm) + offset)), Math.Min(scan.Pixels - 1, (int)Math.Ceiling(((middle + reach) / scan.PixelMm) + offset)));
    }
}
