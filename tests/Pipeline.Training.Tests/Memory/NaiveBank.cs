namespace MhdNet.Training.Tests.Memory;

/// <summary>Eq. 5-6 as loops over queries and items, in double precision.</summary>
internal sealed class NaiveBank(int types, int grid, int edge, double decay)
{
    public double[][]?[] Items { get; } = new double[types][][];

    public void Update(int type, double[][] queries)
    {
        if (Items[type] is not { } items)
        {
            Items[type] = [.. from i in Enumerable.Range(0, grid) from k in Enumerable.Range(0, grid) select (double[])queries[(((2 * i) + 1) * edge / (2 * grid) * edge) + (((2 * k) + 1) * edge / (2 * grid))].Clone()];
            return;
        }

        var won = items.Select(_ => new List<double[]>()).ToArray();
        foreach (var query in queries)
        {
            var best = 0;
            for (var m = 1; m < items.Length; m++)
            {
                if (Cosine(query, items[m]) > Cosine(query, items[best]))
                {
                    best = m;
                }
            }

            won[best].Add(query);
        }

        for (var m = 0; m < items.Length; m++)
        {
            if (won[m].Count > 0)
            {
                items[m] = [.. items[m].Select((old, d) => (decay * old) + ((1 - decay) * won[m].Average(q => q[d])))];
            }
        }
    }

    public static double Cosine(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum() / Math.Max(Length(a), 1e-8) / Math.Max(Length(b), 1e-8);

    private static double Length(double[] a) => Math.Sqrt(a.Sum(x => x * x));
}
