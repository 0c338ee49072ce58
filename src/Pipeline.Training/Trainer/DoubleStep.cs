using static TorchSharp.torch;

namespace MhdNet.Training.Trainer;

/// <summary>A training step computed again in double precision.</summary>
/// <param name="Samples">Of the batch, from its first: as many as there was memory for.</param>
/// <param name="Loss">The loss.</param>
/// <param name="Largest">The largest magnitude among losses, weights, gradients and running statistics; infinite where one is not
/// finite.</param>
public sealed record DoubleStep(int Samples, double Loss, double Largest)
{
    /// <summary>Numbers whose squares are beyond single precision: a variance, or a norm, of such numbers cannot be held.</summary>
    private const double LargestRoot = 1.8e19;

    /// <summary>Whether all losses and gradients are finite.</summary>
    public bool Finite => double.IsFinite(Loss) && double.IsFinite(Largest);

    /// <summary>Whether single precision can hold the numbers and their squares.</summary>
    public bool FitsSinglePrecision => Largest < LargestRoot;

    /// <summary>The largest magnitude of a tensor; infinite where a number is not finite.</summary>
    internal static double Magnitude(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        var largest = tensor.numel() == 0 ? 0 : tensor.detach().abs().max().to(ScalarType.Float64).item<double>();
        return double.IsFinite(largest) ? largest : double.PositiveInfinity;
    }
}
