using System.Globalization;
using MhdNet.Training.Arithmetic;

namespace MhdNet.Training.Trainer;

/// <summary>Why a loss was not finite, as far as it can be found out.</summary>
/// <param name="Samples">Samples of the batch.</param>
/// <param name="Again">The step in double precision; null where there was no memory for a single sample.</param>
/// <param name="InputProblems">What is wrong with the batch's inputs, one sentence a sequence.</param>
public sealed record NonFiniteExplanation(int Samples, DoubleStep? Again, IReadOnlyList<string> InputProblems)
{
    private const string Lower = "Begin a new run with a lower learning_rate, or with a lower gradient_clip.";

    /// <summary>The arithmetic in use, tested again where double precision gives finite numbers.</summary>
    public SelfTestResult? SelfTest { get; init; }

    /// <summary>What was found, and what to do.</summary>
    public string Sentence => this switch
    {
        { Again: null } => $"There is too little memory to compute the step again in double precision. {OfInputs}",
        { Again.Finite: false } => $"{Recomputed} it is not finite either. {OfInputs}",
        { SelfTest: { Passed: false } test } => $"{Recomputed} it is {Loss}: this machine's arithmetic is wrong. {test.Problem} {test.Remedy}",
        { Again.FitsSinglePrecision: false } =>
            $"{Recomputed} it is {Loss}, but numbers reach {Text(Again.Largest)}, beyond what single precision can square: the weights have grown beyond all bounds. {Lower}",
        _ =>
            $"{Recomputed} it is {Loss}: this machine's arithmetic is wrong, although the self-test passes ({SelfTest}). " +
            "Set the environment variable ONEDNN_MAX_CPU_ISA=SSE41, go on with 'mhdnet train --resume', and please report this processor.",
    };

    private string Recomputed => $"In double precision, with {(Again!.Samples == Samples ? $"all {Samples}" : $"{Again.Samples} of the {Samples}")} samples of the batch,";

    private string Loss => Text(Again!.Loss);

    private string OfInputs => InputProblems.Count > 0
        ? $"The batch's inputs are wrong: {string.Join("; ", InputProblems)}. Look at their scans, and take them out of the labels or retry them."
        : $"The batch's inputs are in order, so the weights have grown beyond all bounds. {Lower}";

    private static string Text(double value) => value.ToString("G4", CultureInfo.InvariantCulture);
}
