namespace MhdNet.Ingest.Ct;

/// <summary>A place where a stack is not regular.</summary>
/// <param name="AboveMm">Position of the slice on the head's side.</param>
/// <param name="BelowMm">Position of the next slice.</param>
/// <param name="Missing">Slices that would fill a gap; 0 where only the distance is another than before.</param>
public sealed record StackBreak(double AboveMm, double BelowMm, int Missing);
