namespace MhdNet.Ingest.Ct.Dicom;

/// <summary>A point or direction of the patient's coordinate system, in mm: x to the patient's left, y to the back, z to the head (PS3.3, C.7.6.2.1.1).</summary>
/// <param name="X">To the left.</param>
/// <param name="Y">To the back.</param>
/// <param name="Z">To the head.</param>
public readonly record struct Vector(double X, double Y, double Z)
{
    /// <summary>Length.</summary>
    public double Length => Math.Sqrt(Dot(this));

    /// <summary>Inner product.</summary>
    public double Dot(Vector other) => (X * other.X) + (Y * other.Y) + (Z * other.Z);

    /// <summary>Outer product.</summary>
    public Vector Cross(Vector other) => new((Y * other.Z) - (Z * other.Y), (Z * other.X) - (X * other.Z), (X * other.Y) - (Y * other.X));

    /// <summary>This vector times a number.</summary>
    public Vector Times(double factor) => new(X * factor, Y * factor, Z * factor);
}
