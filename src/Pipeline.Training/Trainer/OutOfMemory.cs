using System.Runtime.InteropServices;

namespace MhdNet.Training.Trainer;

/// <summary>Tells a lack of memory from other failures: torch reports it as a text.</summary>
public static class OutOfMemory
{
    private static readonly string[] Signs = ["DefaultCPUAllocator", "CUDA out of memory", "CUDA error: out of memory", "CUBLAS_STATUS_ALLOC_FAILED", "std::bad_alloc"];

    /// <summary>Whether an exception, or what caused it, is a lack of memory of the process or of the device.</summary>
    public static bool Is(Exception? error) => error switch
    {
        null => false,
        OutOfMemoryException => true,
        AggregateException several => several.InnerExceptions.Any(Is),
        ExternalException external => Signs.Any(sign => external.Message.Contains(sign, StringComparison.Ordinal)) || Is(external.InnerException),
        _ => Is(error.InnerException),
    };
}
