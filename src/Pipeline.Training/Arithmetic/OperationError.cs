using System.Globalization;

namespace MhdNet.Training.Arithmetic;

/// <summary>The largest error of an operation in single precision.</summary>
/// <param name="Operation">Its name.</param>
/// <param name="Part"><c>value</c>, or <c>gradient of the weights</c>.</param>
/// <param name="Error">Largest difference from double precision, as a share of the largest value there; infinite where a number is not
/// finite.</param>
public sealed record OperationError(string Operation, string Part, double Error)
{
    /// <inheritdoc/>
    public override string ToString() => double.IsFinite(Error)
        ? string.Create(CultureInfo.InvariantCulture, $"{Error:0.0e+00} in the {Part} of {Operation}")
        : $"numbers that are not finite in the {Part} of {Operation}";
}
