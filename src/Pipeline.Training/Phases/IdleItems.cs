using System.Runtime.InteropServices;
using MhdNet.Training.Checkpoints;
using MhdNet.Training.Memory;

namespace MhdNet.Training.Phases;

/// <summary>How long each memory item has won nothing, among the optimiser's state: re-seeding goes on exactly after a restart.</summary>
internal static class IdleItems
{
    public static IEnumerable<KeyValuePair<string, StoredTensor>> Of(TypingMemory? memory) => (memory?.Banks ?? []).Select((bank, s) =>
        KeyValuePair.Create($"idle{s + 1}", new StoredTensor(StoredType.I64, [bank.Idle.Length], MemoryMarshal.AsBytes(bank.Idle.AsSpan()).ToArray())));

    public static IReadOnlyDictionary<string, long[]> Shapes(TypingMemory? memory) =>
        (memory?.Banks ?? []).Select((bank, s) => KeyValuePair.Create($"idle{s + 1}", new long[] { bank.Idle.Length })).ToDictionary();

    public static void Fill(TypingMemory? memory, IReadOnlyDictionary<string, StoredTensor> stored)
    {
        foreach (var (bank, s) in (memory?.Banks ?? []).Select((bank, s) => (bank, s)))
        {
            MemoryMarshal.Cast<byte, long>(stored[$"idle{s + 1}"].Data).CopyTo(bank.Idle);
        }
    }
}
