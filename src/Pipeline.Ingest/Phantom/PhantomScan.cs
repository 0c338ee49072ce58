namespace MhdNet.Ingest.Phantom;

/// <summary>How a synthetic patient is scanned.</summary>
/// <param name="Slices">Number of slices.</param>
/// <param name="Pixels">Rows and columns.</param>
/// <param name="SliceMm">Distance of the slices.</param>
/// <param name="FieldMm">Width of the field of view.</param>
public sealed record PhantomScan(int Slices = 100, int Pixels = 256, double SliceMm = 2.5, double FieldMm = 380)
{
    /// <summary>Distance of pixels in mm.</summary>
    public double PixelMm => FieldMm / Pixels;

    /// <summary>Position of a column (or row) in mm from the middle of the field.</summary>
    public double Mm(int pixel) => (pixel - ((Pixels - 1) / 2.0)) * PixelMm;

    /// <summary>Position of a slice in mm from the middle of the stack; slice 0, the superior one, has the largest.</summary>
    public double Z(int slice) => (((Slices - 1) / 2.0) - slice) * SliceMm;
}
