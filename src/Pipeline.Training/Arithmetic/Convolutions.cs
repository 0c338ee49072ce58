using TorchSharp;
using static TorchSharp.torch;

namespace MhdNet.Training.Arithmetic;

/// <summary>
/// Convolutions whose channels are filled up with zeros to whole blocks of the library's registers, so that no block is left whose rest
/// the library would have to clear itself. oneDNN 3.7 fails to do so where the processor hides the sizes of its caches
/// (docs/numerics.md).
/// </summary>
/// <param name="block">Channels of a block; 1: nothing is filled up.</param>
/// <param name="library">What computes.</param>
public sealed class Convolutions(int block, ConvolutionKernel library)
{
    /// <summary>Groups whose outputs do not fill a register of 8 numbers take oneDNN's slow path, about twice the time.</summary>
    private const int GroupBlock = 8;

    /// <summary>Channels of a block; 1: nothing is filled up.</summary>
    public int Block => block;

    /// <summary>Convolves, and cuts off what was filled up.</summary>
    /// <param name="input">[N, groups·c, H, W] or [N, groups·c, T, H, W].</param>
    /// <param name="weight">[groups·o, c, kernel…].</param>
    /// <param name="bias">[groups·o], or null.</param>
    /// <param name="form">Strides, padding and groups.</param>
    /// <returns>[N, groups·o, …].</returns>
    public Tensor Apply(Tensor input, Tensor weight, Tensor? bias, ConvolutionForm form)
    {
        var (outputs, inputs) = (weight.shape[0] / form.Groups, weight.shape[1]);
        var (wantedOutputs, wantedInputs) = Wanted(input, weight, form, outputs, inputs);
        if ((wantedOutputs, wantedInputs) == (outputs, inputs))
        {
            return library(input, weight, bias, form);
        }

        var output = library(
            Filled(input, 1, form.Groups, wantedInputs),
            Filled(Filled(weight, 1, 1, wantedInputs), 0, form.Groups, wantedOutputs),
            bias is null ? null : Filled(bias, 0, form.Groups, wantedOutputs),
            form);
        return Grouped(output, 1, form.Groups).narrow(2, 0, outputs).flatten(1, 2);
    }

    /// <summary>
    /// Channels of a group to compute with. Convolutions of one voxel, and those in double precision, do not go through the library's
    /// blocks.
    /// </summary>
    private (long Outputs, long Inputs) Wanted(Tensor input, Tensor weight, ConvolutionForm form, long outputs, long inputs)
    {
        if (input.device_type != DeviceType.CPU)
        {
            return (outputs, inputs);
        }

        var fills = block > 1 && input.dtype == ScalarType.Float32 && weight.shape[2..].Any(edge => edge > 1);
        var least = form.Groups > 1 ? GroupBlock : 1;
        return fills ? (Whole(outputs, Math.Max(block, least)), Whole(inputs, block)) : (Whole(outputs, least), inputs);
    }

    private static long Whole(long channels, long block) => (channels + block - 1) / block * block;

    /// <summary>Zeros behind the channels of each group.</summary>
    private static Tensor Filled(Tensor tensor, int dimension, long groups, long channels)
    {
        var missing = channels - (tensor.shape[dimension] / groups);
        if (missing == 0)
        {
            return tensor;
        }

        var behind = 2 * (int)(tensor.dim() - dimension - 1); // torch's list begins with the last dimension
        long[] ends = [.. new long[behind], 0, missing];
        return nn.functional.pad(Grouped(tensor, dimension, groups), ends).flatten(dimension, dimension + 1);
    }

    /// <summary>[…, groups·c, …] → […, groups, c, …].</summary>
    private static Tensor Grouped(Tensor tensor, int dimension, long groups) => tensor.unflatten(dimension, groups, tensor.shape[dimension] / groups);
}
