namespace MhdNet.Training.Arithmetic;

/// <summary>A convolution of a network, for the self-test.</summary>
/// <param name="Input">[N, groups·c, …], a few voxels.</param>
/// <param name="Weight">[groups·o, c, kernel…].</param>
/// <param name="Form">Strides, padding and groups.</param>
/// <param name="Bias">Whether it has a bias.</param>
/// <param name="OfData">Whether its input is data, whose gradient nobody needs.</param>
public sealed record ConvolutionCase(long[] Input, long[] Weight, ConvolutionForm Form, bool Bias = false, bool OfData = false)
{
    /// <summary>For people: <c>convolution 8 → 16, 3x3x3</c>, the channels of a group.</summary>
    public string Name =>
        $"convolution {Weight[1]} → {Weight[0] / Form.Groups}, {string.Join('x', Weight[2..])}"
        + (Form.Strides.Any(stride => stride > 1) ? $", stride {string.Join('x', Form.Strides)}" : "")
        + (Form.Groups > 1 ? $", {Form.Groups} groups" : "")
        + $", batch {Input[0]}";

    /// <summary>The case, computed by some convolutions.</summary>
    public Operation By(Convolutions convolutions) => new(
        Name,
        [
            new("input", Input, !OfData), new("weights", Weight),
            .. Bias ? [new OperationInput("bias", [Weight[0]])] : Array.Empty<OperationInput>(),
        ],
        inputs => convolutions.Apply(inputs[0], inputs[1], Bias ? inputs[2] : null, Form));
}
