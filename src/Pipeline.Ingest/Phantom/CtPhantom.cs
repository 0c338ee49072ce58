namespace MhdNet.Ingest.Phantom;

/// <summary>Writes synthetic patients: an axial CT series with a mass in the anterior mediastinum, and localizers beside it, as DICOM files with meaningless names.</summary>
public static class CtPhantom
{
    private const int VisiblePixels = 12;

    /// <summary>Writes one patient. The same arguments give the same bytes.</summary>
    /// <param name="folder">Where to; created.</param>
    /// <param name="patientId">PatientID, and part of the seed.</param>
    /// <param name="typeIndex">The tumour type, from 0.</param>
    /// <param name="typeCount">How many types there are; see <see cref="CtDistribution"/>.</param>
    /// <param name="seed">Everything drawn at random follows from this, the patient and the type.</param>
    /// <param name="background">A real series to put the lesion in, or null for a drawn chest.</param>
    /// <param name="scan">Size of a drawn chest; with a background its own counts.</param>
    /// <param name="contrast">How far apart the types are; see <see cref="CtDistribution.Of"/>.</param>
    public static PhantomCase Write(string folder, string patientId, int typeIndex, int typeCount, int seed, CtBackground? background = null, PhantomScan? scan = null, double contrast = 1)
    {
        var own = SeededDraws.For(seed, $"patient {patientId} type {typeIndex}").Next();
        var drawing = LesionDrawing.From(CtDistribution.Of(typeIndex, typeCount, contrast), SeededDraws.For(own, "lesion"));
        var (volume, span) = background is null ? Chest(own, drawing, scan ?? new PhantomScan()) : Blended(own, drawing, background);
        var uid = new CtSeriesWriter(folder, patientId, own).Write(volume);
        return new PhantomCase(patientId, uid, volume.Slices.Count, span, drawing);
    }

    private static (CtVolume Volume, SliceSpan Span) Chest(int seed, LesionDrawing drawing, PhantomScan scan)
    {
        var chest = new ThoraxPhantom(scan, SeededDraws.For(seed, "anatomy"));
        var random = SeededDraws.For(seed, "place");
        var radius = drawing.DiameterMm / 2;
        var level = scan.Z((int)(scan.Slices * random.Around(0.44, 0.03)));
        var lesion = new Lesion(drawing, (random.Around(0, 9), chest.AnteriorMm + (radius * 0.8), level), SeededDraws.For(seed, "shape"));
        return Slices(seed, scan, lesion, chest.Draw, chest.Noise);
    }

    private static (CtVolume Volume, SliceSpan Span) Blended(int seed, LesionDrawing drawing, CtBackground background)
    {
        var scan = background.Volume.Scan;
        var random = SeededDraws.For(seed, "place");
        var slice = Math.Clamp((int)(scan.Slices * random.Around(0.45, 0.03)), 0, scan.Slices - 1);
        var (middle, front) = background.BodyAt(slice);
        var radius = drawing.DiameterMm / 2;
        var lesion = new Lesion(drawing, (middle + random.Around(0, 9), front + 32 + (radius * 0.8), scan.Z(slice)), SeededDraws.For(seed, "shape"));
        // Little noise: the series has its own; some, so that no two patients share a background bit by bit.
        return Slices(seed, scan, lesion, i => Array.ConvertAll(background.Volume.Slices[i], hu => (float)hu), noise: 6);
    }

    private static (CtVolume Volume, SliceSpan Span) Slices(int seed, PhantomScan scan, Lesion lesion, Func<int, float[]> draw, double noise)
    {
        var random = SeededDraws.For(seed, "noise");
        var tile = new NoiseTile(random);
        var (slices, shown) = (new short[scan.Slices][], new List<int>());
        for (var i = 0; i < scan.Slices; i++)
        {
            var slice = draw(i);
            if (lesion.Paint(slice, scan, scan.Z(i)) >= VisiblePixels)
            {
                shown.Add(i);
            }

            slices[i] = tile.Add(slice, scan.Pixels, noise, random);
        }

        return (new CtVolume(scan, slices), new SliceSpan(shown[0], shown[^1]));
    }
}
