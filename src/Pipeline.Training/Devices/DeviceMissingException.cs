namespace MhdNet.Training.Devices;

/// <summary>A CUDA device was asked for that torch does not see.</summary>
/// <param name="word">What was asked for.</param>
/// <param name="cudaDevices">How many there are.</param>
public sealed class DeviceMissingException(string word, int cudaDevices) : Exception(cudaDevices == 0
    ? $"'{word}' was asked for, but torch sees no CUDA device: this program was built for the processor, or the machine has no usable NVIDIA driver. Build with 'make build CUDA=1' on a machine with a GPU, or give cpu or auto."
    : $"'{word}' was asked for, but there are only {cudaDevices} CUDA devices: cuda:0{(cudaDevices > 1 ? $" to cuda:{cudaDevices - 1}" : "")}. Give one of these, cpu or auto.");
