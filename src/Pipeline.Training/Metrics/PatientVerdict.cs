namespace MhdNet.Training.Metrics;

/// <summary>A patient's prediction: the mean of the softmax outputs over the sequences not predicted <c>other</c>, its argmax over the K types.</summary>
/// <param name="Patient">The patient's id.</param>
/// <param name="Types">Probabilities of the K types with sum 1; null: no tumour sequence found.</param>
/// <param name="Sequences">How many sequences there were.</param>
/// <param name="Used">How many of them were not predicted <c>other</c>.</param>
public sealed record PatientVerdict(string Patient, double[]? Types, int Sequences, int Used)
{
    /// <summary>Index of the predicted type; null: no tumour sequence found.</summary>
    public int? Type => Types is null ? null : Softmax.Largest(Types);

    /// <summary>The verdict from all CT sequences of one patient.</summary>
    /// <param name="patient">The patient's id.</param>
    /// <param name="sequences">What was predicted for each.</param>
    public static PatientVerdict Of(string patient, IReadOnlyList<SequencePrediction> sequences)
    {
        double[][] used = [.. sequences.Where(sequence => sequence.Predicted < sequence.Probabilities.Length - 1).Select(sequence => sequence.Probabilities)];
        return new PatientVerdict(patient, used.Length == 0 ? null : Softmax.OfTypes(Softmax.Mean(used)), sequences.Count, used.Length);
    }
}
