namespace MhdNet.Ingest.Sequences;

/// <summary>Where a CT frame came from.</summary>
/// <param name="Slice">Index in the ordered series before trimming, superior slice 0; fractional where a short series was resampled along z.</param>
/// <param name="ZMm">Position along the slice normal, in mm.</param>
public sealed record CtFrame(double Slice, double ZMm);
