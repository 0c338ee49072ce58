using MhdNet.Ingest.Ct.Dicom;

namespace MhdNet.Ingest.Ct;

/// <summary>
/// How the slices of a stack are shifted against each other in their own plane. With a tilted gantry the table moves along the body and not along the slices'
/// normal, so each slice starts lower or higher than the one before.
/// </summary>
/// <param name="RowMm">Shift along the rows, in mm for each mm along the normal.</param>
/// <param name="ColumnMm">Shift along the columns, likewise.</param>
public readonly record struct StackShear(double RowMm, double ColumnMm)
{
    /// <summary>Angle between the direction of the stack and the slices' normal, in degrees; 0 for a stack of right angles.</summary>
    public double Degrees => Math.Atan(Math.Sqrt((RowMm * RowMm) + (ColumnMm * ColumnMm))) * 180 / Math.PI;

    /// <summary>From the first and the last slice.</summary>
    public static StackShear Of(IReadOnlyList<OrderedSlice> slices)
    {
        var (first, last) = (slices[0], slices[^1]);
        var along = first.ZMm - last.ZMm;
        if (along <= 0)
        {
            return default;
        }

        var (row, column) = Offset(first.Header, last.Header);
        return new StackShear(row / along, column / along);
    }

    /// <summary>How far a slice's first pixel lies from another's, along the rows and along the columns, in mm.</summary>
    public static (double Row, double Column) Offset(SliceHeader of, SliceHeader from)
    {
        var (a, b, plane) = (of.Position!.Value, from.Position!.Value, from.Orientation!.Value);
        var difference = new Vector(a.X - b.X, a.Y - b.Y, a.Z - b.Z);
        return (difference.Dot(plane.Row), difference.Dot(plane.Column));
    }
}
