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
        var output = nn.functional.conv3d(
            input.reshape(1, x[0] * x[1], x[2], x[3], x[4]), weights.reshape(w[0] * w[1], w[2], w[3], w[4], w[5]), padding: [padding, padding, padding], groups: x[0]);
        return output.view(x[0], w[1], x[2], x[3], x[4]);
    }
}
