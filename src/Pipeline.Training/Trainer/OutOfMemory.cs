using System.Runtime.InteropServices;

namespace MhdNet.Training.Trainer;

/// <summary>Tells a lack of memory, of the process or of the device, from other failures: torch reports it as a text.</summary>
public static class OutOfMemory
{
    private static readonly string[] Signs = ["DefaultCPUAllocator", "CUDA out of memory", "CUDA error: out of memory", "CUBLAS_STATUS_ALLOC_FAILED", "std::bad_alloc"];

    /// <summary>What was said about the memory by an exception or by what caused it, in one line; null where it is another failure.</summary>
    public static string? Words(Exception? error) => error switch
    {
        null => null,
        OutOfMemoryException => FirstLine(error.Message),
        AggregateException several => several.InnerExceptions.Select(Words).FirstOrDefault(words => words is not null),
        ExternalException => Signs.Select(sign => error.Message.IndexOf(sign, StringComparison.Ordinal)).Where(at => at >= 0).Select(at => FirstLine(error.Message[at..])).FirstOrDefault() ?? Words(error.InnerException),
        _ => Words(error.InnerException),
    };

    /// <summary>Torch puts its native stack below the message.</summary>
    private static string FirstLine(string text) => text.Split('\n', 2)[0].TrimEnd('.', ' ') + ".";
}
