using System.Runtime.InteropServices;

namespace MhdNet.Training.Checkpoints;

/// <summary>Compares what a file holds with what is to be filled from it.</summary>
internal static class ExpectedTensors
{
    /// <summary>Checks names, types and shapes.</summary>
    /// <exception cref="InvalidDataException">A tensor is missing, surplus, or of another type or shape; the message names the file and the tensors.</exception>
    public static void Require(SafetensorsContent content, string path, IReadOnlyDictionary<string, (StoredType Type, long[] Shape)> expected)
    {
        Report(path, "lacks", expected.Keys.Where(name => !content.Tensors.ContainsKey(name)));
        Report(path, "has unknown", content.Tensors.Keys.Where(name => !expected.ContainsKey(name)));
        foreach (var (name, (type, shape)) in expected)
        {
            var found = content.Tensors[name];
            if (found.Type != type || !found.Shape.SequenceEqual(shape))
            {
                throw new InvalidDataException($"{path}: tensor '{name}' is {found.Type} [{string.Join(", ", found.Shape)}], but these options need {type} [{string.Join(", ", shape)}]. The file belongs to other options.");
            }

        }
    }

    /// <summary>Checks that a tensor's numbers can be computed with: they are finite, and a variance is not below 0.</summary>
    /// <exception cref="InvalidDataException">They cannot; the message names the file and the tensor.</exception>
    public static void RequireSound(string path, string name, ReadOnlySpan<byte> data)
    {
        var lowest = name.EndsWith("running_var", StringComparison.Ordinal) ? 0 : float.MinValue;
        foreach (var value in MemoryMarshal.Cast<byte, float>(data))
        {
            if (!(value >= lowest && value <= float.MaxValue)) // NaN is neither
            {
                throw new InvalidDataException($"{path}: tensor '{name}' holds numbers that no network can use (not finite, or a variance below 0). Take another checkpoint.");
            }
        }
    }

    private static void Report(string path, string verb, IEnumerable<string> names)
    {
        var all = names.Order(StringComparer.Ordinal).ToArray();
        if (all.Length > 0)
        {
            throw new InvalidDataException($"{path} {verb} tensors: {string.Join(", ", all.Take(5))}{(all.Length > 5 ? $" and {all.Length - 5} more" : string.Empty)}. The file belongs to another network or to other options.");
        }
    }
}
