namespace MhdNet.Training.Metrics;

/// <summary>Reading of softmax outputs.</summary>
public static class Softmax
{
    /// <summary>Index of the largest value; the lowest of equal ones.</summary>
    public static int Largest(ReadOnlySpan<double> values)
    {
        var best = 0;
        for (var k = 1; k < values.Length; k++)
        {
            best = values[k] > values[best] ? k : best;
        }

        return best;
    }

    /// <summary>The probabilities of the K tumour types alone, with sum 1; equal ones where all weight lies on <c>other</c>.</summary>
    /// <param name="probabilities">K+1 values.</param>
    public static double[] OfTypes(double[] probabilities)
    {
        var types = probabilities[..^1];
        var sum = types.Sum();
        return [.. types.Select(value => sum > 0 ? value / sum : 1.0 / types.Length)];
    }

    /// <summary>The mean of several outputs.</summary>
    /// <param name="outputs">At least one, of equal length.</param>
    public static double[] Mean(IReadOnlyList<double[]> outputs) =>
        [.. Enumerable.Range(0, outputs[0].Length).Select(k => outputs.Average(output => output[k]))];
}
