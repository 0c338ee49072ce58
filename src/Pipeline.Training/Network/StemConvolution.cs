using MhdNet.Training.Arithmetic;
using TorchSharp;
using static TorchSharp.torch;

namespace MhdNet.Training.Network;

/// <summary>
/// The stem's convolution, stride (1,2,2), with zero padding. In training on a CPU it runs as a 2D convolution over frames with the kernel's time axis
/// unfolded into channels: oneDNN computes the weights' gradient of a 3D convolution of one or three channels four times slower (120 against 30 ms for 8
/// sequences of 24x64x64).
/// </summary>
internal static class StemConvolution
{
    /// <summary>Convolves.</summary>
    /// <param name="input">[N, c, T, H, W].</param>
    /// <param name="weight">[o, c, k, k, k], k odd.</param>
    /// <returns>[N, o, T, ⌈H/2⌉, ⌈W/2⌉].</returns>
    public static Tensor Apply(Tensor input, Tensor weight)
    {
        var edge = weight.shape[2];
        var padding = edge / 2;
        if (input.device_type != DeviceType.CPU || !is_grad_enabled())
        {
            return CheckedConvolution.Apply(input, weight, null, new ConvolutionForm([1, 2, 2], [padding, padding, padding]));
        }

        var (x, w) = (input.shape, weight.shape);
        var windows = nn.functional.pad(input, [0, 0, 0, 0, padding, padding]).unfold(2, edge, 1); // [N, c, T, H, W, k]
        var frames = windows.permute(0, 2, 1, 5, 3, 4).reshape(x[0] * x[2], x[1] * edge, x[3], x[4]);
        var flat = weight.reshape(w[0], w[1] * edge, edge, edge);
        var output = CheckedConvolution.Apply(frames, flat, null, new ConvolutionForm([2, 2], [padding, padding]));
        return output.view(x[0], x[2], w[0], output.shape[2], output.shape[3]).transpose(1, 2).contiguous();
    }
}
