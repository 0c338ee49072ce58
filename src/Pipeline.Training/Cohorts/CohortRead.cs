namespace MhdNet.Training.Cohorts;

/// <summary>A cohort and what people should know about it.</summary>
/// <param name="Cohort">The patients.</param>
/// <param name="Notes">Sentences: manifests that cannot be read, sequences of another length, patients in the store without a row in the labels.</param>
public sealed record CohortRead(Cohort Cohort, IReadOnlyList<string> Notes);
