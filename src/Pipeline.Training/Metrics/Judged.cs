namespace MhdNet.Training.Metrics;

/// <summary>One sequence or patient of the tumour types, judged.</summary>
/// <param name="Label">Index of the true type, below K.</param>
/// <param name="Predicted">Index of the predicted type; K where <c>other</c> was predicted (a patient: no tumour sequence found).</param>
/// <param name="Types">Probabilities of the K types with sum 1; null for a patient without a tumour sequence.</param>
public sealed record Judged(int Label, int Predicted, double[]? Types)
{
    /// <summary>A sequence: the prediction is the largest of K+1, the probabilities are those of the K types, renormalised.</summary>
    public static Judged Of(SequencePrediction sequence) => new(sequence.Label, sequence.Predicted, Softmax.OfTypes(sequence.Probabilities));
}
