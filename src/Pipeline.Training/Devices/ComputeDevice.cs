using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace MhdNet.Training.Devices;

/// <summary>Where networks, memory and batches live and are computed: the processor, or one CUDA device.</summary>
/// <param name="CudaIndex">Number of the CUDA device; null: the processor.</param>
public sealed record ComputeDevice(int? CudaIndex)
{
    /// <summary>The processor.</summary>
    public static ComputeDevice Cpu { get; } = new((int?)null);

    /// <summary>How many CUDA devices torch sees; none where the program was built without CUDA.</summary>
    public static int CudaDevices => cuda.is_available() ? cuda.device_count() : 0;

    /// <summary>The device that a word names.</summary>
    /// <param name="word"><c>cpu</c>, <c>cuda</c>, <c>cuda:N</c>, or <c>auto</c>: the first CUDA device where there is one, else the processor.</param>
    /// <param name="cudaDevices">How many CUDA devices there are.</param>
    /// <exception cref="FormatException">It names none.</exception>
    /// <exception cref="DeviceMissingException">There is no such CUDA device.</exception>
    public static ComputeDevice Of(string word, int cudaDevices)
    {
        ArgumentNullException.ThrowIfNull(word);
        if (word is "cpu" or "auto")
        {
            return word == "auto" && cudaDevices > 0 ? new ComputeDevice(0) : Cpu;
        }

        if (word != "cuda" && !word.StartsWith("cuda:", StringComparison.Ordinal))
        {
            throw new FormatException($"There is no device '{word}'. Give cpu, cuda, cuda:N (N from 0), or auto.");
        }

        var index = word == "cuda" ? 0 : int.TryParse(word["cuda:".Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new FormatException($"'{word}' names no CUDA device. Give cuda, or cuda:N with N from 0.");
        return index < cudaDevices ? new ComputeDevice(index) : throw new DeviceMissingException(word, cudaDevices);
    }

    /// <summary>Torch's device, made ready: on CUDA, convolutions and matrix products may use TF32.</summary>
    public Device Open()
    {
        if (CudaIndex is not { } index)
        {
            return CPU;
        }

        backends.cuda.matmul.allow_tf32 = true;
        backends.cudnn.allow_tf32 = true;
        return device(DeviceType.CUDA, index);
    }

    /// <inheritdoc/>
    public override string ToString() => CudaIndex is { } index ? string.Create(CultureInfo.InvariantCulture, $"cuda:{index}") : "cpu";
}
