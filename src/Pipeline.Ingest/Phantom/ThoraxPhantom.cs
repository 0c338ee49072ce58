namespace MhdNet.Ingest.Phantom;

/// <summary>
/// A synthetic chest: body with fat and muscle, ribs, spine, sternum, lungs with vessels, trachea, mediastinal fat, heart, great vessels, oesophagus, liver.
/// Sizes, positions, contrast of the blood and noise differ between patients. It is an anatomy for tests and demonstrations, not for medicine.
/// </summary>
internal sealed class ThoraxPhantom
{
    private const double Air = -1000, Fat = -100, Muscle = 50, Lung = -830, Bone = 420, Marrow = 170;
    private const int Vessels = 260;
    private readonly PhantomScan _scan;
    private readonly double _width, _depth, _fat, _half, _ribPhase, _noise;
    private readonly List<Ellipsoid> _organs = [];

    public ThoraxPhantom(PhantomScan scan, Random random)
    {
        _scan = scan;
        _half = scan.Slices * scan.SliceMm / 2;
        (_width, _depth, _fat) = (random.Around(165, 9), random.Around(112, 7), random.Around(14, 4));
        (_ribPhase, _noise) = (random.NextDouble(), random.Around(14, 3));
        Blood = random.NextDouble() < 0.5 ? random.Around(45, 5) : random.Around(160, 25);
        AnteriorMm = -(_depth - _fat - 22);
        AddLungs(random);
        AddMediastinum(random);
        AddSpine();
    }

    /// <summary>Density of the blood: with or without contrast medium.</summary>
    public double Blood { get; }

    /// <summary>y of the space behind the sternum, in mm.</summary>
    public double AnteriorMm { get; }

    /// <summary>Deviation of the noise, in HU.</summary>
    public double Noise => _noise;

    /// <summary>One slice, without noise.</summary>
    public float[] Draw(int index)
    {
        var z = _scan.Z(index);
        var slice = new float[_scan.Pixels * _scan.Pixels];
        Array.Fill(slice, (float)Air);
        // Shoulders are broader, the waist is a little narrower.
        var shape = 1 + (0.12 * Math.Pow(Math.Max(0, z / _half), 3)) - (0.05 * Math.Max(0, -z / _half));
        new Ellipsoid(0, 0, z, _width * shape, _depth, 1, Fat).Paint(slice, _scan, z);
        new Ellipsoid(0, 0, z, (_width * shape) - _fat, _depth - _fat, 1, Muscle).Paint(slice, _scan, z);
        PaintRibs(slice, z, shape);
        foreach (var organ in _organs)
        {
            organ.Paint(slice, _scan, z);
        }

        return slice;
    }

    private void PaintRibs(float[] slice, double z, double shape)
    {
        // Ribs run downwards to the front, so a slice cuts each at another angle.
        var phase = _ribPhase + (z / 26);
        for (var side = -1; side <= 1; side += 2)
        {
            for (var rib = 0; rib < 7; rib++)
            {
                var angle = Math.PI * ((rib + (phase - Math.Floor(phase))) / 7.6 * 0.86) - (0.38 * Math.PI);
                var (x, y) = (side * ((_width * shape) - _fat - 9) * Math.Cos(angle), (_depth - _fat - 9) * Math.Sin(angle));
                var turn = Math.Atan2((_depth - _fat) * Math.Cos(angle), -side * _width * Math.Sin(angle));
                new Ellipsoid(x, y, z, 12, 4.5, 1, Bone, turn).Paint(slice, _scan, z);
                new Ellipsoid(x, y, z, 9, 2, 1, Marrow, turn).Paint(slice, _scan, z);
            }
        }
    }

    private void AddLungs(Random random)
    {
        var (wide, deep) = (_width * 0.40, _depth - _fat - 20);
        for (var side = -1; side <= 1; side += 2)
        {
            var (x, z, tall) = (side * _width * 0.43, -_half * 0.25, _half * random.Around(1.18, 0.06));
            _organs.Add(new Ellipsoid(x, 3, z, wide, deep, tall, Lung));
            for (var i = 0; i < Vessels / 2; i++)
            {
                var radius = 1 + (3 * Math.Pow(random.NextDouble(), 3));
                var (u, v, w) = (random.Around(0, 0.4), random.Around(0, 0.4), random.Around(0, 0.42));
                _organs.Add(new Ellipsoid(x + (u * wide), 3 + (v * deep), z + (w * tall), radius, radius * random.Around(1.3, 0.3), 4 + (radius * 3), Blood - 10, random.NextDouble() * Math.PI));
            }
        }
    }

    private void AddMediastinum(Random random)
    {
        var h = _half;
        double Shift() => random.Around(0, 2.5);
        // The column of fat between the lungs, then what lies in it, from the back to the front.
        _organs.Add(new Ellipsoid(0, -6, 0, 36 + Shift(), _depth - _fat - 18, h * 2.4, Fat + 15));
        _organs.Add(new Ellipsoid(14 + Shift(), 48, -h * 0.3, 11, 11, h * 1.1, Blood)); // descending aorta
        _organs.Add(new Ellipsoid(2 + Shift(), 32, 0, 6, 5, h * 2, 35)); // oesophagus
        _organs.Add(new Ellipsoid(Shift(), 16, h * 0.72, 9, 9, h * 0.65, Air)); // trachea
        _organs.Add(new Ellipsoid(-20 + Shift(), 20, h * 0.02, 6.5, 6, h * 0.16, Air)); // main bronchi
        _organs.Add(new Ellipsoid(20 + Shift(), 20, h * 0.02, 6.5, 6, h * 0.16, Air));
        _organs.Add(new Ellipsoid(6, 2 + Shift(), h * 0.26, 32, 13, 13, Blood, 0.35)); // aortic arch
        _organs.Add(new Ellipsoid(-10 + Shift(), -14, h * 0.06, 14, 14, h * 0.34, Blood)); // ascending aorta
        _organs.Add(new Ellipsoid(-30 + Shift(), -6, h * 0.25, 8, 9, h * 0.5, Blood - 5)); // superior vena cava
        _organs.Add(new Ellipsoid(16 + Shift(), -12, 0, 19, 11, 15, Blood, -0.4)); // pulmonary trunk
        _organs.Add(new Ellipsoid(22 + Shift(), -18, -h * 0.46, 60, random.Around(46, 4), h * 0.42, 45, 0.35)); // heart
        _organs.Add(new Ellipsoid(28, -22, -h * 0.46, 30, 22, h * 0.3, Blood, 0.35));
        _organs.Add(new Ellipsoid(-22, -14, -h * 0.42, 20, 20, h * 0.26, Blood, 0.2));
        _organs.Add(new Ellipsoid(-62, -4, -h * 1.05, 88, 80, h * random.Around(0.42, 0.06), 60)); // liver
        _organs.Add(new Ellipsoid(0, -(_depth - _fat - 13), h * 0.1, 19, 6.5, h * 0.8, Bone)); // sternum
        _organs.Add(new Ellipsoid(0, -(_depth - _fat - 13), h * 0.1, 16, 4, h * 0.78, Marrow));
    }

    private void AddSpine()
    {
        for (var z = -_half - 10; z < _half + 10; z += 26)
        {
            _organs.Add(new Ellipsoid(0, _depth - _fat - 40, z, 19, 15, 30, Bone - 120));
            _organs.Add(new Ellipsoid(0, _depth - _fat - 40, z, 16.5, 12.5, 14, Marrow));
        }

        _organs.Add(new Ellipsoid(0, _depth - _fat - 17, 0, 16, 9, _half * 9, Bone - 60));
        _organs.Add(new Ellipsoid(0, _depth - _fat - 20, 0, 9, 8, _half * 9, 25));
        _organs.Add(new Ellipsoid(0, _depth - _fat - 5, 0, 4, 9, _half * 9, Bone));
    }
}
