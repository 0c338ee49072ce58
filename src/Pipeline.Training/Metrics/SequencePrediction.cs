namespace MhdNet.Training.Metrics;

/// <summary>What a network says about one CT sequence.</summary>
/// <param name="Patient">The patient's id.</param>
/// <param name="Sequence">Item and file.</param>
/// <param name="Label">Index of the type; K is <c>other</c>; -1 where unknown.</param>
/// <param name="Probabilities">Softmax over the K types and <c>other</c>.</param>
public sealed record SequencePrediction(string Patient, string Sequence, int Label, double[] Probabilities)
{
    /// <summary>Index of the largest probability; the lowest of equal ones. K is <c>other</c>.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public int Predicted => Softmax.Largest(Probabilities);
}
