using static TorchSharp.torch;

namespace MhdNet.Training.Phases;

/// <summary>The losses of one forward pass.</summary>
/// <param name="Total">What is minimised.</param>
/// <param name="Parts">By name; null where the batch gives none, which counts as 0.</param>
internal sealed record StepLosses(Tensor Total, params (string Name, Tensor? Value)[] Parts);
