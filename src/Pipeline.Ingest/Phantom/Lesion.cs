namespace MhdNet.Ingest.Phantom;

/// <summary>A mass: an ellipsoid with lobes, an inner texture, perhaps a core of low density and calcified specks. Positions in mm: x left, y back, z head.</summary>
internal sealed class Lesion
{
    private const int Lattice = 32;
    private const double Margin = 1.7;
    private readonly LesionDrawing _drawing;
    private readonly (double X, double Y, double Z) _middle, _axes;
    private readonly (double X, double Y, double Z, double Height)[] _lobes;
    private readonly (double X, double Y, double Z, double Radius, double Hu)[] _specks;
    private readonly float[] _texture = new float[Lattice * Lattice * Lattice];

    public Lesion(LesionDrawing drawing, (double X, double Y, double Z) middle, Random random)
    {
        (_drawing, _middle) = (drawing, middle);
        var radius = drawing.DiameterMm / 2;
        var stretch = Math.Sqrt(drawing.Elongation);
        _axes = random.Next(2) == 0 ? (radius * stretch, radius / stretch, radius) : (radius, radius / stretch, radius * stretch);
        _lobes = [.. Enumerable.Range(0, 14).Select(_ => Direction(random)).Select(d => (d.X, d.Y, d.Z, drawing.Lobulation * random.Around(1, 0.3)))];
        _specks = [.. Enumerable.Range(0, drawing.Calcified ? random.Next(3, 9) : 0).Select(_ => Direction(random)).Select(d =>
        {
            var depth = radius * 0.75 * random.NextDouble();
            return (d.X * depth, d.Y * depth, d.Z * depth, random.Around(2.4, 0.7), random.Around(380, 80));
        })];
        for (var i = 0; i < _texture.Length; i++)
        {
            _texture[i] = (float)random.Around(0, 1);
        }
    }

    /// <summary>Blends the lesion into one slice.</summary>
    /// <returns>Pixels that are lesion for at least a half.</returns>
    public int Paint(float[] slice, PhantomScan scan, double z)
    {
        var reach = Math.Max(_axes.X, Math.Max(_axes.Y, _axes.Z)) * Margin;
        var (dz, count) = (z - _middle.Z, 0);
        if (Math.Abs(dz) > reach)
        {
            return 0;
        }

        var (left, right) = Ellipsoid.Range(_middle.X, reach, scan);
        var (top, bottom) = Ellipsoid.Range(_middle.Y, reach, scan);
        for (var row = top; row <= bottom; row++)
        {
            for (var column = left; column <= right; column++)
            {
                var (dx, dy) = (scan.Mm(column) - _middle.X, scan.Mm(row) - _middle.Y);
                var inside = Inside(dx, dy, dz);
                var weight = Math.Min((inside * _drawing.DiameterMm / 2 / scan.PixelMm) + 0.5, 1);
                if (weight > 0)
                {
                    ref var hu = ref slice[(row * scan.Pixels) + column];
                    hu += (float)(weight * (Density(dx, dy, dz, inside) - hu));
                    count += weight >= 0.5 ? 1 : 0;
                }
            }
        }

        return count;
    }

    /// <summary>1 in the middle, 0 on the surface, below 0 outside.</summary>
    private double Inside(double dx, double dy, double dz)
    {
        var (u, v, w) = (dx / _axes.X, dy / _axes.Y, dz / _axes.Z);
        var length = Math.Sqrt((u * u) + (v * v) + (w * w));
        if (length is < 1e-6 or > Margin)
        {
            return 1 - length;
        }

        var bump = 0.0;
        foreach (var lobe in _lobes)
        {
            bump = Math.Max(bump, lobe.Height * Math.Exp(9 * (((u * lobe.X) + (v * lobe.Y) + (w * lobe.Z)) / length - 1)));
        }

        return 1 - (length / (1 - (0.5 * _drawing.Lobulation) + bump));
    }

    private double Density(double dx, double dy, double dz, double inside)
    {
        var hu = _drawing.DensityHu + (_drawing.TextureHu * Texture(dx, dy, dz));
        if (_drawing.Necrotic)
        {
            hu -= 35 * Math.Clamp((inside - 0.4) * 6, 0, 1);
        }

        foreach (var speck in _specks)
        {
            var distance = Math.Sqrt(((dx - speck.X) * (dx - speck.X)) + ((dy - speck.Y) * (dy - speck.Y)) + ((dz - speck.Z) * (dz - speck.Z)));
            hu = Math.Max(hu, speck.Hu * Math.Clamp(1.5 - (distance / speck.Radius), 0, 1));
        }

        return hu;
    }

    /// <summary>Random values on a lattice of the texture's grain, linear in between.</summary>
    private double Texture(double dx, double dy, double dz)
    {
        var (x, y, z) = ((dx / _drawing.TextureMm) + 1000, (dy / _drawing.TextureMm) + 1000, (dz / _drawing.TextureMm) + 1000);
        var (i, j, k) = ((int)x, (int)y, (int)z);
        var (a, b, c) = (x - i, y - j, z - k);
        double At(int di, int dj, int dk) => _texture[((((k + dk) % Lattice) * Lattice) + ((j + dj) % Lattice)) * Lattice + ((i + di) % Lattice)];
        double Line(int dj, int dk) => At(0, dj, dk) + (a * (At(1, dj, dk) - At(0, dj, dk)));
        double Plane(int dk) => Line(0, dk) + (b * (Line(1, dk) - Line(0, dk)));
        return Plane(0) + (c * (Plane(1) - Plane(0)));
    }

    private static (double X, double Y, double Z) Direction(Random random)
    {
        var (x, y, z) = (random.Normal(0, 1), random.Normal(0, 1), random.Normal(0, 1));
        var length = Math.Sqrt((x * x) + (y * y) + (z * z)) + 1e-9;
        return (x / length, y / length, z / length);
    }
}
