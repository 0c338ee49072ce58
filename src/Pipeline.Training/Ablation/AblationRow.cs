using MhdNet.Training.Results;

namespace MhdNet.Training.Ablation;

/// <summary>One row of the table; all but the count in percent, over the finished seeds.</summary>
/// <param name="Variant">The variant.</param>
/// <param name="Finished">Seeds that are trained and measured.</param>
/// <param name="MAcc">Test sequences right.</param>
/// <param name="F1">Macro F1 over sequences.</param>
/// <param name="Qwk">Kappa over sequences.</param>
/// <param name="Auc">Mean one-vs-rest area over sequences.</param>
/// <param name="Patients">Test patients right.</param>
/// <param name="Size">What the set counts.</param>
/// <param name="Runs">The runs behind it.</param>
public sealed record AblationRow(AblationVariant Variant, int Finished, Spread? MAcc, Spread? F1, Spread? Qwk, Spread? Auc, Spread? Patients, long Size, IReadOnlyList<string> Runs)
{
    /// <summary>Gathers the seeds of a variant.</summary>
    /// <param name="variant">The variant.</param>
    /// <param name="size">What the set counts.</param>
    /// <param name="runs">Its runs, one a seed.</param>
    /// <param name="result">What a run found of the variant's network; null where it is not finished.</param>
    public static AblationRow Of(AblationVariant variant, long size, IReadOnlyList<string> runs, Func<string, ModelResult?> result)
    {
        ModelResult[] results = [.. runs.Select(result).OfType<ModelResult>()];
        Spread? Over(Func<Metrics.Evaluation, double?> value) => Spread.Of(results.Select(one => 100 * value(one.Evaluation)));
        return new AblationRow(
            variant, results.Length, Over(e => e.Sequences.Scores.MAcc), Over(e => e.Sequences.Scores.F1), Over(e => e.Sequences.Scores.Qwk), Over(e => e.Sequences.Scores.Auc),
            Over(e => e.Patients.Scores.MAcc), size, runs);
    }
}
