namespace MhdNet.Training.Metrics;

/// <summary>Scores with their intervals.</summary>
/// <param name="Scores">The scores.</param>
/// <param name="Intervals">95 % bootstrap intervals over patients, by name: <c>m_acc</c>, <c>precision</c>, <c>recall</c>, <c>f1</c>, <c>qwk</c>, <c>auc</c>.</param>
public sealed record Table(Scores Scores, IReadOnlyDictionary<string, Interval?> Intervals)
{
    /// <summary>The table with its intervals.</summary>
    /// <param name="patients">Judged members, patient by patient.</param>
    /// <param name="types">Names of the K types.</param>
    /// <param name="draws">Resamples.</param>
    /// <param name="seed">The run's seed.</param>
    public static Table Of(IReadOnlyList<IReadOnlyList<Judged>> patients, IReadOnlyList<string> types, int draws, int seed) => new(
        Scores.Of([.. patients.SelectMany(patient => patient)], types),
        Bootstrap.Of(patients, drawn => Named(Scores.Of(drawn, types)), draws, seed));

    private static Dictionary<string, double?> Named(Scores scores) => new()
    {
        ["m_acc"] = scores.MAcc,
        ["precision"] = scores.Precision,
        ["recall"] = scores.Recall,
        ["f1"] = scores.F1,
        ["qwk"] = scores.Qwk,
        ["auc"] = scores.Auc,
    };
}
