using MhdNet.Training.Arithmetic;
using static TorchSharp.torch;

namespace MhdNet.Training.Tests.Arithmetic;

/// <summary>Convolutions that are right on every machine: double precision goes other ways in the library.</summary>
internal static class RightConvolutions
{
    /// <summary>A <see cref="ConvolutionKernel"/>.</summary>
    public static Tensor Compute(Tensor input, Tensor weight, Tensor? bias, ConvolutionForm form) => TorchConvolution
        .Compute(input.to(ScalarType.Float64), weight.to(ScalarType.Float64), bias?.to(ScalarType.Float64), form).to(input.dtype);
}
