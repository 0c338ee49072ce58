using MhdNet.Training.Memory;
using MhdNet.Training.Options;

namespace MhdNet.Training.Checkpoints;

/// <summary>The memory in a safetensors file: <c>stage1..3</c> [K, M_s, D] and <c>seen1..3</c> [K].</summary>
public static class MemoryCheckpoint
{
    /// <summary>Writes the banks.</summary>
    public static void Save(string path, TypingMemory memory, MhdOptions options)
    {
        ArgumentNullException.ThrowIfNull(memory);
        var tensors = memory.Banks.SelectMany((bank, s) => new[]
        {
            KeyValuePair.Create($"stage{s + 1}", TensorTransfer.ToStored(bank.Items)),
            KeyValuePair.Create($"seen{s + 1}", new StoredTensor(StoredType.U8, [bank.Seen.Length], [.. bank.Seen.Select(seen => seen ? (byte)1 : (byte)0)])),
        });
        Safetensors.Write(path, CheckpointMetadata.Of(options), tensors);
    }

    /// <summary>Fills the banks.</summary>
    /// <exception cref="InvalidDataException">Missing, truncated, of other sizes, or with items that are no numbers; the message names the file. The memory is then unchanged.</exception>
    public static void Load(string path, TypingMemory memory)
    {
        ArgumentNullException.ThrowIfNull(memory);
        var content = Safetensors.Read(path);
        ExpectedTensors.Require(content, path, memory.Banks.SelectMany((bank, s) => new[]
        {
            KeyValuePair.Create($"stage{s + 1}", (StoredType.F32, bank.Items.shape)),
            KeyValuePair.Create($"seen{s + 1}", (StoredType.U8, new long[] { bank.Seen.Length })),
        }).ToDictionary());
        foreach (var s in Enumerable.Range(1, memory.Banks.Count))
        {
            var (items, seen) = (content.Tensors[$"stage{s}"].Data, content.Tensors[$"seen{s}"].Data);
            foreach (var type in Enumerable.Range(0, seen.Length).Where(type => seen[type] != 0)) // what stands for a type that was never seen means nothing
            {
                ExpectedTensors.RequireSound(path, $"stage{s}", items.AsSpan(type * (items.Length / seen.Length), items.Length / seen.Length));
            }
        }

        foreach (var (bank, s) in memory.Banks.Select((bank, s) => (bank, s)))
        {
            TensorTransfer.Overwrite(bank.Items, content.Tensors[$"stage{s + 1}"]);
            content.Tensors[$"seen{s + 1}"].Data.Select(seen => seen != 0).ToArray().CopyTo(bank.Seen, 0);
        }
    }
}
