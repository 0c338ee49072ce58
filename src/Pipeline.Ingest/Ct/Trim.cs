namespace MhdNet.Ingest.Ct;

/// <summary>The slices kept of an ordered series.</summary>
/// <param name="First">Index of the first, superior slice 0.</param>
/// <param name="Count">How many.</param>
public readonly record struct Trim(int First, int Count)
{
    /// <summary>Leaves out floor(n*superior) slices at the head's end and floor(n*inferior) at the feet's.</summary>
    public static Trim Of(int slices, double superior, double inferior)
    {
        // Decimal, so that shares such as 0.3 are what they are written as: 10 slices lose 3, whatever binary fractions make of 10 * 0.3.
        var (first, last) = ((int)Math.Floor(slices * (decimal)superior), (int)Math.Floor(slices * (decimal)inferior));
        return new Trim(first, slices - first - last);
    }
}
