using static TorchSharp.torch;

namespace MhdNet.Training.Arithmetic;

/// <summary>One operation of a network on small inputs, for the self-test: it is computed in single and in double precision.</summary>
/// <param name="Name">For people: <c>matrix product [2,16,64] x [64,8]</c>.</param>
/// <param name="Inputs">Drawn at random from a normal distribution.</param>
/// <param name="Compute">The same lines for both precisions; no type of number may be named in them.</param>
public sealed record Operation(string Name, IReadOnlyList<OperationInput> Inputs, Func<IReadOnlyList<Tensor>, Tensor> Compute);

/// <summary>An input of an operation.</summary>
/// <param name="Name">For messages: <c>weights</c>.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Gradient">Whether training needs its gradient.</param>
public sealed record OperationInput(string Name, long[] Shape, bool Gradient = true);
