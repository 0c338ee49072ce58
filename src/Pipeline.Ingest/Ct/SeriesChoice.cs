using MhdNet.Ingest.Ct.Dicom;

namespace MhdNet.Ingest.Ct;

/// <summary>The slices of a series that make its axial stack.</summary>
/// <param name="Slices">In no particular order.</param>
/// <param name="Notes">What was left out and why, for people.</param>
public sealed record SeriesChoice(IReadOnlyList<SliceHeader> Slices, IReadOnlyList<string> Notes);
