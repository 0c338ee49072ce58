using TorchSharp;
using static TorchSharp.torch;

namespace MhdNet.Training.Devices;

/// <summary>The one way from an array to a device.</summary>
internal static class DeviceCopy
{
    /// <summary>A tensor of the current dispose scope. To CUDA it goes through pinned memory, without waiting for the copy.</summary>
    public static Tensor Of(float[] values, long[] shape, Device device)
    {
        var host = tensor(values, shape);
        if (device.type != DeviceType.CUDA)
        {
            return host;
        }

        // Both are freed with the scope; torch keeps pinned memory alive until the copy is through.
        return host.pin_memory().to(device, non_blocking: true);
    }
}
