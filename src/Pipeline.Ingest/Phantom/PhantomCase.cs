namespace MhdNet.Ingest.Phantom;

/// <summary>What was written for one synthetic patient.</summary>
/// <param name="PatientId">PatientID in the files.</param>
/// <param name="SeriesUid">The axial series; the localizers have one of their own.</param>
/// <param name="Slices">Slices of the axial series.</param>
/// <param name="TumorSlices">Slices that show the lesion.</param>
/// <param name="Lesion">The lesion as drawn.</param>
public sealed record PhantomCase(string PatientId, string SeriesUid, int Slices, SliceSpan TumorSlices, LesionDrawing Lesion);
