namespace MhdNet.Training.Conformance;

/// <summary>How one tensor compares with a fixture.</summary>
/// <param name="Name">As in <c>expected.safetensors</c>.</param>
/// <param name="Error">Largest absolute difference as a share of the largest expected absolute value.</param>
/// <param name="Tolerance">What is allowed.</param>
public sealed record TensorVerdict(string Name, double Error, double Tolerance)
{
    /// <summary>Whether the tensor is within its tolerance.</summary>
    public bool Passed => Error <= Tolerance;
}
