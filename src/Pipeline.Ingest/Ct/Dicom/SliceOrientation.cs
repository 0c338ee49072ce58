namespace MhdNet.Ingest.Ct.Dicom;

/// <summary>ImageOrientationPatient: the directions in which columns and rows count up.</summary>
/// <param name="Row">Direction along a row, of length 1.</param>
/// <param name="Column">Direction along a column, of length 1.</param>
public readonly record struct SliceOrientation(Vector Row, Vector Column)
{
    /// <summary>The slice's normal, of length 1, turned so that it points to the head.</summary>
    public Vector Normal
    {
        get
        {
            var normal = Row.Cross(Column);
            return normal.Times((normal.Z < 0 ? -1 : 1) / normal.Length);
        }
    }

    /// <summary>Angle between the normal and the body axis, in degrees: 0 for axial slices, 90 for coronal and sagittal ones.</summary>
    public double TiltDegrees => Math.Acos(Math.Clamp(Normal.Z, 0, 1)) * 180 / Math.PI;

    /// <summary>Whether two orientations agree to about a twentieth of a degree.</summary>
    public bool IsNear(SliceOrientation other) => Row.Dot(other.Row) > 1 - 1e-6 && Column.Dot(other.Column) > 1 - 1e-6;
}
