using MhdNet.Training.Labels;

namespace MhdNet.Training.Cohorts;

/// <summary>One patient with what the store holds of them.</summary>
/// <param name="Patient">The patient's id.</param>
/// <param name="Split">What the patient is used for.</param>
/// <param name="Type">Index of the tumour type; -1 for a patient to be predicted.</param>
/// <param name="Ct">CT sequences, by item, then in the order of the series.</param>
/// <param name="Slides">Slide sequences, by item, then in the order of the slide.</param>
public sealed record CohortPatient(string Patient, Split Split, int Type, IReadOnlyList<CtSequence> Ct, IReadOnlyList<SlideSequence> Slides);
