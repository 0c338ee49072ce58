using System.Runtime.InteropServices;
using MhdNet.Training.Checkpoints;
using MhdNet.Training.Memory;
using MhdNet.Training.Network;
using MhdNet.Training.Options;
using MhdNet.Training.Tests.Phases;
using static TorchSharp.torch;

namespace MhdNet.Training.Tests.Conformance;

/// <summary>Writes a fixture of toy networks into a folder; its <c>expected.safetensors</c> is what a test puts there.</summary>
internal static class SmallFixture
{
    public static void Write(string folder, long[] labels, bool[] hasPathology, MhdOptions? given = null, Action<TypingMemory>? fill = null)
    {
        var options = given ?? ToyBatches.Options;
        random.manual_seed(1);
        using var scope = NewDisposeScope();
        using var teacher = new Teacher(options, CPU);
        using var student = new Student(options, CPU);
        using var memory = new TypingMemory(options, CPU);
        fill?.Invoke(memory);
        File.WriteAllText(Path.Combine(folder, "options.json"), OptionsFile.Write(options));
        NetworkCheckpoint.Save(Path.Combine(folder, "teacher.safetensors"), teacher, options);
        NetworkCheckpoint.Save(Path.Combine(folder, "student.safetensors"), student, options);
        MemoryCheckpoint.Save(Path.Combine(folder, "memory.safetensors"), memory, options);
        StoredTensor Noise(int channels) => TensorTransfer.ToStored(randn([labels.Length, channels, options.Frames, options.Size, options.Size]));
        Safetensors.Write(Path.Combine(folder, "batch.safetensors"), new Dictionary<string, string>(), new Dictionary<string, StoredTensor>
        {
            ["ct"] = Noise(1),
            ["wsi"] = Noise(3),
            ["label"] = new(StoredType.I64, [labels.Length], MemoryMarshal.AsBytes(labels.AsSpan()).ToArray()),
            ["has_pathology"] = new(StoredType.U8, [labels.Length], [.. hasPathology.Select(has => has ? (byte)1 : (byte)0)]),
        });
    }

    public static void Expect(string folder, IReadOnlyDictionary<string, StoredTensor> tensors) =>
        Safetensors.Write(Path.Combine(folder, "expected.safetensors"), new Dictionary<string, string>(), tensors);
}
