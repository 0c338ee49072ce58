using MhdNet.Host.Commands;
using MhdNet.Training.Devices;

namespace MhdNet.Host.Ablations;

/// <summary>How many runs are trained at the same time, and on how many threads each.</summary>
/// <param name="Count">Runs at the same time.</param>
/// <param name="Threads">Threads of one; null: as torch has it.</param>
internal sealed record AblationLanes(int Count, int? Threads)
{
    // The rest is for the files' cache, and for whoever else uses the machine.
    private const double ShareOfMemory = 0.7;

    /// <summary>What a machine allows. Small networks gain little from more threads, so one run for each core is faster; a GPU is filled by one.</summary>
    /// <param name="asked">What was asked for; null: as many as there are cores and memory for.</param>
    /// <param name="device">Where to compute.</param>
    /// <param name="cores">Threads of the processor.</param>
    /// <param name="memory">The machine's memory, in bytes.</param>
    /// <param name="step">What one training step takes, in bytes.</param>
    /// <exception cref="InputException">More than there are cores.</exception>
    public static AblationLanes Of(int? asked, ComputeDevice device, int cores, long memory, long step)
    {
        if (asked is < 1 || asked > cores)
        {
            throw new InputException($"--parallel is {asked}; give a number from 1 to {cores}, which is how many cores there are.");
        }

        var count = asked ?? (device.CudaIndex is null ? (int)Math.Clamp(ShareOfMemory * memory / step, 1, cores) : 1);
        return new AblationLanes(count, count == 1 ? null : cores / count);
    }
}
