namespace MhdNet.Host.Synthetic;

/// <summary>What the cohort holds of one patient.</summary>
/// <param name="Id">The patient's id and folder name.</param>
/// <param name="TypeIndex">Index of the true type.</param>
/// <param name="Split"><c>train</c> or <c>test</c>; empty for a patient to be predicted, who has a CT but neither slide nor label.</param>
/// <param name="Slides">How many slides are delivered.</param>
/// <param name="Seed">Seed of everything drawn for this patient.</param>
public sealed record PatientPlan(string Id, int TypeIndex, string Split, int Slides, int Seed)
{
    /// <summary>Whether the type is in the labels file.</summary>
    public bool Labelled => Split.Length > 0;
}
