namespace MhdNet.Training.Cohorts;

/// <summary>One CT sequence of a patient.</summary>
/// <param name="Patient">The patient's id.</param>
/// <param name="Path">The array file, relative to the work folder.</param>
/// <param name="Label">Index of the tumour type; K for a sequence without tumour (<c>other</c>); -1 for a patient to be predicted.</param>
public sealed record CtSequence(string Patient, string Path, int Label)
{
    /// <summary>Item and file, for messages and tables: <c>P001-ct-0123456789/000.npy</c>.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string Name => Path["sequences/".Length..];
}
