using System.Globalization;
using MhdNet.Training.Arithmetic;
using MhdNet.Training.Options;

namespace MhdNet.Training.Trainer;

/// <summary>Why a loss was not finite, as far as it can be found out.</summary>
/// <param name="Samples">Samples of the batch.</param>
/// <param name="Again">The step in double precision; null where it could not be computed.</param>
/// <param name="InputProblems">What is wrong with the batch's inputs, one sentence a sequence.</param>
public sealed record NonFiniteExplanation(int Samples, DoubleStep? Again, IReadOnlyList<string> InputProblems)
{
    /// <summary>Why the step could not be computed in double precision; null where it was.</summary>
    public string? NotComputed { get; init; }

    /// <summary>The arithmetic in use, tested again; null where double precision gives no finite numbers either.</summary>
    public SelfTestResult? SelfTest { get; init; }

    /// <summary>What was found, and what to do. The machine is blamed only where nothing else can be the cause.</summary>
    /// <param name="options">Of the run.</param>
    public string Sentence(MhdOptions options) => this switch
    {
        { SelfTest: { Passed: false } test } => $"{Recomputed} This machine's arithmetic is wrong. {test.Problem} {test.Remedy}",
        { InputProblems.Count: > 0 } =>
            $"{Recomputed} The batch's inputs are wrong: {string.Join("; ", InputProblems)}. Look at these scans, take them out of the "
            + "drop folder or deliver them again.",
        { Again: { Finite: false } or { FitsSinglePrecision: false } } =>
            $"{Recomputed} The batch's inputs are in order, so the weights have grown beyond all bounds. {Lower(options)}",
        { Again: { } again } when again.Samples == Samples =>
            $"{Recomputed} The batch's inputs are in order and the self-test passes ({SelfTest}), yet this machine's arithmetic is wrong. "
            + $"{SelfTest?.OtherWay} Please report this processor.",
        _ =>
            $"{Recomputed} The batch's inputs are in order and the self-test passes, so the cause is not known. Most often the weights have "
            + $"grown beyond all bounds. {Lower(options)}",
    };

    /// <summary>What to do where weights have grown.</summary>
    internal static string Lower(MhdOptions options) => string.Create(
        CultureInfo.InvariantCulture,
        $"Begin a new run with a lower learning_rate than {options.LearningRate}, or {(options.GradientClip > 0 ? "a lower" : "with")} gradient_clip.");

    private string Recomputed => Again is null
        ? $"The step could not be computed again in double precision: {NotComputed}."
        : $"In double precision, with {(Again.Samples == Samples ? $"all {Samples}" : $"{Again.Samples} of the {Samples}")} samples of the "
            + $"batch, the loss is {Loss}.";

    private string Loss => !Again!.Finite ? "not finite either"
        : Again.FitsSinglePrecision ? Text(Again.Loss)
        : $"{Text(Again.Loss)}, and numbers reach {Text(Again.Largest)}, which is too large for single precision";

    private static string Text(double value) => value.ToString("G4", CultureInfo.InvariantCulture);
}
