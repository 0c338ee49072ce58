using TorchSharp;
using static TorchSharp.torch;

namespace MhdNet.Training.Network;

/// <summary>A 3D convolution in which every sample has weights of its own.</summary>
internal static class SampleConvolution
{
    /// <summary>Convolves each sample, keeping its size by zero padding.</summary>
    /// <param name="input">[N, c, T, H, W].</param>
    /// <param name="weights">[N, o, c, a, a, a], a odd.</param>
    /// <returns>[N, o, T, H, W].</returns>
    public static Tensor Apply(Tensor input, Tensor weights)
    {
        var (x, w) = (input.shape, weights.shape);
        var padding = w[3] / 2;
        var outputs = w[1];
        if (input.device_type == DeviceType.CPU)
        {
            // Groups whose outputs do not fill a vector register take oneDNN's slow path, about twice the time.
            outputs = (w[1] + 7) / 8 * 8;
            weights = nn.functional.pad(weights, [0, 0, 0, 0, 0, 0, 0, 0, 0, outputs - w[1]]);
        }

        var output = nn.functional.conv3d(
            input.reshape(1, x[0] * x[1], x[2], x[3], x[4]), weights.reshape(w[0] * outputs, w[2], w[3], w[4], w[5]), padding: [padding, padding, padding], groups: x[0]);
        return output.view(x[0], outputs, x[2], x[3], x[4]).narrow(1, 0, w[1]);
    }
}
