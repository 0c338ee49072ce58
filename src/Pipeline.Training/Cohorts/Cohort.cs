using MhdNet.Training.Labels;

namespace MhdNet.Training.Cohorts;

/// <summary>The patients of a run: labels and splits joined with the sequences that are there. Saved with the run, so that a resumed run sees the same.</summary>
/// <param name="Types">Names of the K tumour types, in the order of the logits.</param>
/// <param name="Patients">In alphabetical order, also those without any sequence yet.</param>
public sealed record Cohort(IReadOnlyList<string> Types, IReadOnlyList<CohortPatient> Patients)
{
    /// <summary>The patients of one split.</summary>
    public IEnumerable<CohortPatient> Of(Split split) => Patients.Where(patient => patient.Split == split);

    /// <summary>Name of a label: a type, or <c>other</c>.</summary>
    public string NameOf(int label) => label == Types.Count ? LabelsRead.Other : Types[label];
}
