namespace MhdNet.Training.Metrics;

/// <summary>The main table of the method over sequences or over patients of the tumour types. Null: not defined on this set.</summary>
/// <param name="Count">How many were judged.</param>
/// <param name="MAcc">Correct over all.</param>
/// <param name="Precision">Macro mean.</param>
/// <param name="Recall">Macro mean.</param>
/// <param name="F1">Macro mean of the types' values.</param>
/// <param name="Qwk">Kappa with quadratic weights.</param>
/// <param name="Auc">Macro mean of the one-vs-rest areas.</param>
/// <param name="AucByType">[K] one-vs-rest areas.</param>
/// <param name="Confusion">[K][K+1] counts; rows are true types, the last column is <c>other</c>.</param>
/// <param name="Absent">Types without any member in the set; left out of the macro means.</param>
/// <param name="WithoutTumour">Patients of whom no tumour sequence was found: wrong in the counts, left out of QWK and AUC.</param>
public sealed record Scores(
    int Count, double? MAcc, double? Precision, double? Recall, double? F1, double? Qwk, double? Auc,
    double?[] AucByType, int[][] Confusion, IReadOnlyList<string> Absent, int WithoutTumour)
{
    /// <summary>Computes the table; the order of what is judged does not matter.</summary>
    /// <param name="judged">Members of the tumour types.</param>
    /// <param name="types">Names of the K types.</param>
    public static Scores Of(IReadOnlyList<Judged> judged, IReadOnlyList<string> types)
    {
        var matrix = Metrics.Confusion.Matrix(judged, types.Count);
        int[] present = [.. Enumerable.Range(0, types.Count).Where(k => matrix[k].Sum() > 0)];
        double?[] areas = [.. Enumerable.Range(0, types.Count).Select(k => RocCurve.Of(judged, k)?.Area)];
        double[] defined = [.. areas.OfType<double>()];
        return new Scores(
            judged.Count,
            Metrics.Confusion.Accuracy(matrix),
            Macro(present, k => Metrics.Confusion.Precision(matrix, k)),
            Macro(present, k => Metrics.Confusion.Recall(matrix, k)),
            Macro(present, k => Metrics.Confusion.F1(matrix, k)),
            Kappa.Quadratic(judged, types.Count),
            defined.Length > 0 ? defined.Average() : null,
            areas,
            matrix,
            [.. Enumerable.Range(0, types.Count).Except(present).Select(k => types[k])],
            judged.Count(one => one.Types is null));
    }

    private static double? Macro(int[] present, Func<int, double> value) => present.Length > 0 ? present.Average(value) : null;
}
