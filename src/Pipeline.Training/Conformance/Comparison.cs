using System.Runtime.InteropServices;
using MhdNet.Training.Checkpoints;

namespace MhdNet.Training.Conformance;

/// <summary>Compares what was computed with what a fixture expects.</summary>
internal static class Comparison
{
    private const string NormPrefix = "gradnorm.";

    /// <summary>One verdict for each expected tensor, and one for the median gradient norm of each network.</summary>
    /// <exception cref="InvalidDataException">An expected tensor was not computed, or has another shape.</exception>
    public static IReadOnlyList<TensorVerdict> Of(IReadOnlyDictionary<string, StoredTensor> computed, IReadOnlyDictionary<string, StoredTensor> expected)
    {
        foreach (var (name, tensor) in expected)
        {
            if (!computed.TryGetValue(name, out var own) || !own.Shape.SequenceEqual(tensor.Shape))
            {
                throw new InvalidDataException($"the fixture expects '{name}' of shape [{string.Join(", ", tensor.Shape)}]; the step gives {(own is null ? "no such tensor" : $"[{string.Join(", ", own.Shape)}]")}");
            }
        }

        var values = expected.Where(t => !t.Key.StartsWith(NormPrefix, StringComparison.Ordinal))
            .Select(t => new TensorVerdict(t.Key, Error(Values(computed[t.Key]), Values(t.Value)), Tolerances.Of(t.Key)));
        var norms = expected.Where(t => t.Key.StartsWith(NormPrefix, StringComparison.Ordinal))
            .GroupBy(t => t.Key.Split('.')[1])
            .SelectMany(network => Norms(network.Key, [.. network.Select(t => (t.Key, Values(computed[t.Key])[0], Values(t.Value)[0]))]));
        return [.. values, .. norms];
    }

    private static IEnumerable<TensorVerdict> Norms(string network, IReadOnlyList<(string Name, double Own, double Expected)> norms)
    {
        var negligible = Tolerances.NegligibleNorm * norms.Max(n => n.Expected);
        var compared = norms.Where(n => n.Expected >= negligible).Select(n => new TensorVerdict(n.Name, Math.Abs(n.Own - n.Expected) / n.Expected, Tolerances.GradientNorm)).ToArray();
        foreach (var verdict in compared)
        {
            yield return verdict;
        }

        foreach (var (name, own, _) in norms.Where(n => n.Expected < negligible))
        {
            yield return new TensorVerdict(name, double.IsFinite(own) ? own : double.PositiveInfinity, negligible);
        }

        yield return new TensorVerdict($"{NormPrefix}{network} (median)", compared.Select(v => v.Error).Order().ElementAt(compared.Length / 2), Tolerances.MedianGradientNorm);
    }

    private static double Error(double[] own, double[] expected)
    {
        var scale = expected.Max(Math.Abs);
        var error = own.Zip(expected, (a, b) => Math.Abs(a - b)).Aggregate(0.0, (worst, e) => double.IsNaN(e) ? double.PositiveInfinity : Math.Max(worst, e));
        return scale > 0 ? error / scale : error;
    }

    private static double[] Values(StoredTensor tensor) => tensor.Type switch
    {
        StoredType.F32 => [.. MemoryMarshal.Cast<byte, float>(tensor.Data).ToArray().Select(v => (double)v)],
        StoredType.I64 => [.. MemoryMarshal.Cast<byte, long>(tensor.Data).ToArray().Select(v => (double)v)],
        _ => [.. tensor.Data.Select(v => (double)v)],
    };
}
