using static TorchSharp.torch;

namespace MhdNet.Training.Arithmetic;

/// <summary>Computes one convolution: torch does, or in a test something that is wrong in a known way.</summary>
/// <param name="input">[N, groups·c, H, W] or [N, groups·c, T, H, W].</param>
/// <param name="weight">[groups·o, c, kernel…].</param>
/// <param name="bias">[groups·o], or null.</param>
/// <param name="form">Strides, padding and groups.</param>
/// <returns>[N, groups·o, …].</returns>
public delegate Tensor ConvolutionKernel(Tensor input, Tensor weight, Tensor? bias, ConvolutionForm form);

/// <summary>Torch's convolutions: on a processor those of oneDNN. Nothing else in the project calls them.</summary>
internal static class TorchConvolution
{
    /// <summary>A <see cref="ConvolutionKernel"/>.</summary>
    public static Tensor Compute(Tensor input, Tensor weight, Tensor? bias, ConvolutionForm form) => weight.dim() == 4
        ? nn.functional.conv2d(input, weight, bias, strides: form.Strides, padding: form.Padding, groups: form.Groups)
        : nn.functional.conv3d(input, weight, bias, strides: form.Strides, padding: form.Padding, groups: form.Groups);
}
