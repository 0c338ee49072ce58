using MhdNet.Training.Arithmetic;
using static TorchSharp.torch;

namespace MhdNet.Training.Network;

/// <summary>A 3D convolution in which every sample has weights of its own: one group of channels a sample.</summary>
internal static class SampleConvolution
{
    /// <summary>Convolves each sample, keeping its size by zero padding.</summary>
    /// <param name="input">[N, c, T, H, W].</param>
    /// <param name="weights">[N, o, c, a, a, a], a odd.</param>
    /// <returns>[N, o, T, H, W].</returns>
    public static Tensor Apply(Tensor input, Tensor weights)
    {
        var output = CheckedConvolution.Apply(
            input.flatten(0, 1).unsqueeze(0), weights.flatten(0, 1), null, ConvolutionForm.Cubic(1, weights.shape[3] / 2, groups: input.shape[0]));
        return output.unflatten(1, input.shape[0], weights.shape[1]).squeeze(0);
    }
}
