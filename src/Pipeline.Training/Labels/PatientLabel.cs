namespace MhdNet.Training.Labels;

/// <summary>One row of the labels file.</summary>
/// <param name="Patient">The patient's id, as the first folder level of the drop folder names it.</param>
/// <param name="Type">The tumour type; null for a patient to be predicted.</param>
/// <param name="Split">What the file says the patient is used for; null where the split is to be drawn.</param>
/// <param name="TumorSlices">Slices with tumour; null: all.</param>
/// <param name="Line">Line of the file, from 1.</param>
public sealed record PatientLabel(string Patient, string? Type, Split? Split, SliceRange? TumorSlices, int Line);
