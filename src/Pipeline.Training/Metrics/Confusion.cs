namespace MhdNet.Training.Metrics;

/// <summary>Confusion matrices and what follows from them.</summary>
public static class Confusion
{
    /// <summary>Counts: a row for each true type, a column for each predicted type and a last one for <c>other</c>.</summary>
    public static int[][] Matrix(IReadOnlyList<Judged> judged, int types)
    {
        int[][] matrix = [.. Enumerable.Range(0, types).Select(_ => new int[types + 1])];
        foreach (var one in judged)
        {
            matrix[one.Label][one.Predicted]++;
        }

        return matrix;
    }

    /// <summary>Correct over all; null without any.</summary>
    public static double? Accuracy(int[][] matrix) =>
        matrix.Sum(row => row.Sum()) is > 0 and var total ? (double)Enumerable.Range(0, matrix.Length).Sum(k => matrix[k][k]) / total : null;

    /// <summary>Of those predicted k, the share that is k; 0 where none was predicted.</summary>
    public static double Precision(int[][] matrix, int k) => Share(matrix[k][k], matrix.Sum(row => row[k]));

    /// <summary>Of those that are k, the share predicted so; 0 where none is.</summary>
    public static double Recall(int[][] matrix, int k) => Share(matrix[k][k], matrix[k].Sum());

    /// <summary>Harmonic mean of precision and recall; 0 where both are.</summary>
    public static double F1(int[][] matrix, int k) => Share(2 * matrix[k][k], matrix.Sum(row => row[k]) + matrix[k].Sum());

    private static double Share(int part, int whole) => whole == 0 ? 0 : (double)part / whole;
}
