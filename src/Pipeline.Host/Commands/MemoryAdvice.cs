using MhdNet.Training.Network.Sizes;
using MhdNet.Training.Options;

namespace MhdNet.Host.Commands;

/// <summary>Tells before a training whether its steps will fit: a process that the system ends for its memory says nothing any more.</summary>
internal static class MemoryAdvice
{
    private const double Gibibyte = 1 << 30;

    /// <summary>A sentence where a step takes more memory than there is; else null.</summary>
    /// <param name="preset">Name of the preset.</param>
    /// <param name="options">Options with types.</param>
    /// <param name="memory">The machine's memory in bytes.</param>
    public static string? Of(string preset, MhdOptions options, long memory)
    {
        var step = StepMemory.Of(options);
        return step <= memory
            ? null
            : string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"A step of batch {options.Batch} of preset {preset} takes about {step / Gibibyte:0.#} GiB, and there are {memory / Gibibyte:0.#} GiB: the system may end the process without a word. {(options.Batch > 1 ? $"Lower batch (--set batch={options.Batch / 2})" : "Lower size or width")}, or take a smaller preset.");
    }
}
