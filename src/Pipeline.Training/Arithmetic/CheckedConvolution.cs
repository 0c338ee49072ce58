using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MhdNet.Training.Arithmetic;

/// <summary>
/// The one place through which every convolution of every network goes. Modules hold weights and are never called themselves, so that what
/// <see cref="ArithmeticInUse"/> decides for this machine holds for all of them.
/// </summary>
internal static class CheckedConvolution
{
    /// <summary>A convolution with the weights and the bias of a module.</summary>
    /// <param name="input">[N, c, T, H, W].</param>
    /// <param name="module">Holds the weights [o, c, k, k, k], k odd.</param>
    /// <param name="stride">In all three dimensions.</param>
    /// <returns>[N, o, ⌈T/stride⌉, ⌈H/stride⌉, ⌈W/stride⌉]: zeros around the input keep its size.</returns>
    public static Tensor Apply(Tensor input, Conv3d module, long stride = 1) =>
        Apply(input, module.weight!, module.bias, ConvolutionForm.Cubic(stride, module.weight!.shape[2] / 2));

    /// <summary>Any other convolution.</summary>
    /// <param name="input">[N, groups·c, H, W] or [N, groups·c, T, H, W].</param>
    /// <param name="weight">[groups·o, c, kernel…].</param>
    /// <param name="bias">[groups·o], or null.</param>
    /// <param name="form">Strides, padding and groups.</param>
    public static Tensor Apply(Tensor input, Tensor weight, Tensor? bias, ConvolutionForm form) => ArithmeticInUse.Convolutions.Apply(input, weight, bias, form);
}
