using System.Runtime.InteropServices;
using MhdNet.Training.Checkpoints;

namespace MhdNet.Training.Conformance;

/// <summary>Compares what was computed with what a fixture expects.</summary>
internal static class Comparison
{
    private const string NormPrefix = "gradnorm.";
    private const string StagePrefix = "memory_after.stage";
    private const string SeenPrefix = "memory_after.seen";

    /// <summary>One verdict for each expected tensor, and one for the median gradient norm of each network.</summary>
    /// <exception cref="InvalidDataException">An expected tensor was not computed, or has another shape.</exception>
    public static IReadOnlyList<TensorVerdict> Of(IReadOnlyDictionary<string, StoredTensor> computed, IReadOnlyDictionary<string, StoredTensor> expected)
    {
        if (expected.Count == 0)
        {
            throw new InvalidDataException("the fixture's expected.safetensors holds no tensor, so there is nothing to compare with");
        }

        foreach (var (name, tensor) in expected)
        {
            if (!computed.TryGetValue(name, out var own) || !own.Shape.SequenceEqual(tensor.Shape))
            {
                throw new InvalidDataException($"the fixture expects '{name}' of shape [{string.Join(", ", tensor.Shape)}]; the step gives {(own is null ? "no such tensor" : $"[{string.Join(", ", own.Shape)}]")}");
            }
        }

        var values = expected.Where(t => !t.Key.StartsWith(NormPrefix, StringComparison.Ordinal))
            .Select(t => new TensorVerdict(t.Key, Error(Values(Defined(t.Key, computed[t.Key], expected)), Values(Defined(t.Key, t.Value, expected))), Tolerances.Of(t.Key)));
        var norms = expected.Where(t => t.Key.StartsWith(NormPrefix, StringComparison.Ordinal))
            .GroupBy(t => t.Key.Split('.')[1])
            .SelectMany(network => Norms(network.Key, [.. network.Select(t => (t.Key, Values(computed[t.Key])[0], Values(t.Value)[0]))]));
        return [.. values, .. norms];
    }

    /// <summary>A bank's items without those of types that were never seen: their content is undefined.</summary>
    private static StoredTensor Defined(string name, StoredTensor tensor, IReadOnlyDictionary<string, StoredTensor> expected)
    {
        if (!name.StartsWith(StagePrefix, StringComparison.Ordinal) || !expected.TryGetValue(SeenPrefix + name[StagePrefix.Length..], out var seen) || seen.Count != tensor.Shape[0])
        {
            return tensor;
        }

        var types = seen.Data.Count(type => type != 0);
        return new StoredTensor(tensor.Type, [types, .. tensor.Shape.Skip(1)], [.. tensor.Data.Chunk(tensor.Data.Length / seen.Data.Length).Where((_, type) => seen.Data[type] != 0).SelectMany(items => items)]);
    }

    private static IEnumerable<TensorVerdict> Norms(string network, IReadOnlyList<(string Name, double Own, double Expected)> norms)
    {
        var negligible = Tolerances.NegligibleNorm * norms.Max(n => n.Expected);
        var compared = norms.Where(n => n.Expected >= negligible && n.Expected > 0).Select(n => new TensorVerdict(n.Name, Finite(Math.Abs(n.Own - n.Expected) / n.Expected), Tolerances.GradientNorm)).ToArray();
        foreach (var verdict in compared)
        {
            yield return verdict;
        }

        foreach (var (name, own, _) in norms.Where(n => n.Expected < negligible || n.Expected == 0))
        {
            yield return new TensorVerdict(name, Finite(own), negligible);
        }

        if (compared.Length > 0)
        {
            yield return new TensorVerdict($"{NormPrefix}{network} (median)", compared.Select(v => v.Error).Order().ElementAt(compared.Length / 2), Tolerances.MedianGradientNorm);
        }
    }

    private static double Error(double[] own, double[] expected)
    {
        var scale = expected.Select(Math.Abs).DefaultIfEmpty().Max();
        var error = own.Zip(expected, (a, b) => Finite(Math.Abs(a - b))).DefaultIfEmpty().Max();
        return Finite(scale > 0 ? error / scale : error);
    }

    /// <summary>What is no number is as wrong as can be.</summary>
    private static double Finite(double error) => double.IsNaN(error) ? double.PositiveInfinity : error;

    private static double[] Values(StoredTensor tensor) => tensor.Type switch
    {
        StoredType.F32 => [.. MemoryMarshal.Cast<byte, float>(tensor.Data).ToArray().Select(v => (double)v)],
        StoredType.I64 => [.. MemoryMarshal.Cast<byte, long>(tensor.Data).ToArray().Select(v => (double)v)],
        _ => [.. tensor.Data.Select(v => (double)v)],
    };
}
