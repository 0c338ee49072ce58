namespace MhdNet.Ingest.Phantom;

/// <summary>A volume of Hounsfield units in memory.</summary>
/// <param name="Scan">Its geometry.</param>
/// <param name="Slices">One array a slice, superior first, row after row.</param>
public sealed record CtVolume(PhantomScan Scan, IReadOnlyList<short[]> Slices);
