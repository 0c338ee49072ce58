using static TorchSharp.torch;

namespace MhdNet.Training.Arithmetic;

/// <summary>
/// Memory that holds NaN where the next operation gets its buffers: what an operation reads without having written it shows in its
/// result. Fresh memory of the system is zero, and would hide it.
/// </summary>
internal static class PoisonedMemory
{
    private const int Copies = 3; // an operation has several buffers of about one size
    private const long Largest = 1 << 21; // the allocator gives larger ones back to the system

    /// <summary>Fills memory with NaN and gives it back to the allocator.</summary>
    /// <param name="elements">Sizes of the buffers to come, in numbers of 4 bytes.</param>
    /// <param name="device">Where they will lie.</param>
    public static void Leave(IEnumerable<long> elements, Device device)
    {
        using var scope = NewDisposeScope();
        foreach (var count in elements.Where(count => count <= Largest))
        {
            for (var copy = 0; copy < Copies; copy++)
            {
                full([count], float.NaN, device: device);
            }
        }
    }
}
