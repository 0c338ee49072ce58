namespace MhdNet.Training.Labels;

/// <summary>What a labels file says.</summary>
/// <param name="Path">The file, as given.</param>
/// <param name="Patients">The rows, in order.</param>
/// <param name="Types">Names of the K tumour types, in the order of the logits.</param>
/// <param name="Problems">Sentences naming file and line. With any, nothing of the rest is to be used.</param>
public sealed record LabelsRead(string Path, IReadOnlyList<PatientLabel> Patients, IReadOnlyList<string> Types, IReadOnlyList<string> Problems)
{
    /// <summary>The name of CT sequences without tumour, which no type may have.</summary>
    public const string Other = "other";

    /// <summary>Whether the file can be used.</summary>
    public bool IsUsable => Problems.Count == 0;
}
