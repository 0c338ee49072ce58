using System.Globalization;
using MhdNet.Training.Results;

namespace MhdNet.Host.Report;

/// <summary>A run's result in words.</summary>
public static class ResultSentence
{
    /// <summary>Patients and sequences typed rightly, for each network.</summary>
    public static string Of(RunFolder run) => string.Join("; ", OfNetworks(run));

    /// <summary>The same, a sentence for each network.</summary>
    public static IReadOnlyList<string> OfNetworks(RunFolder run) =>
        [.. RunFiles.Result(run).Models.Select(model =>
            $"{NetworkName.Of(model.Phase)}: {Right(model.Evaluation.Patients.Scores.MAcc)} of the test patients, {Right(model.Evaluation.Sequences.Scores.MAcc)} of their sequences")];

    private static string Right(double? share) => share is { } value ? (100 * value).ToString("0.0", CultureInfo.InvariantCulture) + " %" : "none";
}
