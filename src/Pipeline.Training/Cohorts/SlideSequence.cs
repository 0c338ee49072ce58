namespace MhdNet.Training.Cohorts;

/// <summary>One sequence of tiles of a patient's slide.</summary>
/// <param name="Patient">The patient's id.</param>
/// <param name="Path">The array file, relative to the work folder.</param>
public sealed record SlideSequence(string Patient, string Path);
