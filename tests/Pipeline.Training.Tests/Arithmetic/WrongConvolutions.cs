using MhdNet.Training.Arithmetic;
using static TorchSharp.torch;
using static TorchSharp.torch.autograd;

namespace MhdNet.Training.Tests.Arithmetic;

/// <summary>Convolutions that are wrong in ways that were seen, in single precision only, as in the library.</summary>
internal static class WrongConvolutions
{
    /// <summary>The rest of the last block of input channels is multiplied with what lies in memory.</summary>
    public static ConvolutionKernel Garbage(int block, double what) => (input, weight, bias, form) =>
    {
        var output = RightConvolutions.Compute(input, weight, bias, form);
        return IsWrong(weight, weight.shape[1], block) ? output + what : output;
    };

    /// <summary>Only the gradient of the input is wrong, where output channels do not fill their blocks.</summary>
    public static ConvolutionKernel GradientOfInput(int block) => (input, weight, bias, form) =>
        RightConvolutions.Compute(IsWrong(weight, weight.shape[0] / form.Groups, block) ? ScaledGradient.apply(input) : input, weight, bias, form);

    /// <summary>Only the gradient of the weights is wrong, where output channels do not fill their blocks.</summary>
    public static ConvolutionKernel GradientOfWeights(int block) => (input, weight, bias, form) =>
        RightConvolutions.Compute(input, IsWrong(weight, weight.shape[0] / form.Groups, block) ? ScaledGradient.apply(weight) : weight, bias, form);

    /// <summary>Filling up does not help.</summary>
    public static Tensor Always(Tensor input, Tensor weight, Tensor? bias, ConvolutionForm form) =>
        RightConvolutions.Compute(input, weight, bias, form) * (input.dtype == ScalarType.Float32 ? 1.13 : 1);

    private static bool IsWrong(Tensor weight, long channels, int block) =>
        weight.dtype == ScalarType.Float32 && channels % block != 0 && weight.shape[^1] > 1;

    /// <summary>The identity, whose gradient is 13 % too large.</summary>
    private sealed class ScaledGradient : SingleTensorFunction<ScaledGradient>
    {
        public override string Name => nameof(ScaledGradient);

        public override Tensor forward(AutogradContext ctx, params object[] vars) => ((Tensor)vars[0]).clone();

        public override List<Tensor> backward(AutogradContext ctx, Tensor grad_output) => [grad_output * 1.13];
    }
}
