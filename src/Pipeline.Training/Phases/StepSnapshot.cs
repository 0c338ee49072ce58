using MhdNet.Training.Memory;
using static TorchSharp.torch;

namespace MhdNet.Training.Phases;

/// <summary>What a forward pass in training mode changes: running statistics and the memory. Taken before a step, put back when the step fails.</summary>
internal sealed class StepSnapshot
{
    private readonly Dictionary<string, Tensor> _buffers;
    private readonly (Tensor Items, bool[] Seen, long[] Idle)[] _banks;

    /// <summary>Takes a copy; its tensors belong to the current dispose scope.</summary>
    public StepSnapshot(nn.Module network, TypingMemory? memory)
    {
        _buffers = network.named_buffers().ToDictionary(b => b.name, b => b.buffer.clone());
        _banks = [.. (memory?.Banks ?? []).Select(bank => (bank.Items.clone(), (bool[])bank.Seen.Clone(), (long[])bank.Idle.Clone()))];
    }

    /// <summary>Puts the copy back.</summary>
    public void Restore(nn.Module network, TypingMemory? memory)
    {
        using var noGrad = no_grad();
        foreach (var (name, buffer) in network.named_buffers())
        {
            buffer.copy_(_buffers[name]);
        }

        foreach (var (bank, (items, seen, idle)) in (memory?.Banks ?? []).Zip(_banks))
        {
            bank.Items.copy_(items);
            seen.CopyTo(bank.Seen, 0);
            idle.CopyTo(bank.Idle, 0);
        }
    }
}
