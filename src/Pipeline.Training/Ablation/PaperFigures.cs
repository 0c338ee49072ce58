namespace MhdNet.Training.Ablation;

/// <summary>What the paper reports for a variant on its own cohort (RPTET), in percent. Null: the paper gives no number.</summary>
/// <param name="MAcc">Sequences right.</param>
/// <param name="F1">Macro F1.</param>
/// <param name="Qwk">Kappa with quadratic weights.</param>
/// <param name="Auc">One-vs-rest area, mean over the types.</param>
/// <param name="Parameters">Its count, in millions.</param>
public sealed record PaperFigures(double? MAcc = null, double? F1 = null, double? Qwk = null, double? Auc = null, double? Parameters = null)
{
    /// <summary>The paper says nothing in numbers.</summary>
    public static PaperFigures None { get; } = new();

    /// <summary>The student of the whole method (Tables III and IV; 34.30 M in the text).</summary>
    public static PaperFigures Student { get; } = new(89.89, 89.46, 80.83, Parameters: 34.30);

    /// <summary>The teacher of the whole method (Table IV; 141.65 M in the text).</summary>
    public static PaperFigures Teacher { get; } = new(91.50, 91.42, 82.92, Parameters: 141.65);
}
