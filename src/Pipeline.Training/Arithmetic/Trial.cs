using static TorchSharp.torch;

namespace MhdNet.Training.Arithmetic;

/// <summary>
/// Computes an operation in single precision, among memory that holds NaN, and in double precision, which goes other ways in the library.
/// </summary>
internal static class Trial
{
    private const ulong Seed = 20;
    private const int LargestBlock = 16;

    /// <summary>The largest errors: of the value, and of each gradient that training needs.</summary>
    public static IReadOnlyList<OperationError> Of(Operation operation, Device device)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(Seed); // its own: the process's decides the first weights of networks
        var drawn = operation.Inputs.Select(input => randn(input.Shape, generator: generator).to(device)).ToArray();
        var direction = Direction(operation, drawn, generator, device);
        var found = Compute(operation, drawn, direction, ScalarType.Float32);
        var expected = Compute(operation, drawn, direction, ScalarType.Float64);
        return [.. Parts(operation).Zip(found.Zip(expected), (part, pair) => new OperationError(operation.Name, part, Error(pair.First, pair.Second)))];
    }

    private static IEnumerable<string> Parts(Operation operation) =>
        operation.Inputs.Where(input => input.Gradient).Select(input => $"gradient of the {input.Name}").Prepend("value");

    /// <summary>What flows back into the value: random, of its shape.</summary>
    private static Tensor Direction(Operation operation, Tensor[] drawn, Generator generator, Device device)
    {
        using var noGrad = no_grad();
        return randn(operation.Compute([.. drawn.Select(input => input.to(ScalarType.Float64))]).shape, generator: generator).to(device);
    }

    private static Tensor[] Compute(Operation operation, Tensor[] drawn, Tensor direction, ScalarType precision)
    {
        Tensor[] inputs = [.. drawn.Zip(operation.Inputs, (input, told) => input.to(precision, copy: true).requires_grad_(told.Gradient))];
        if (precision == ScalarType.Float32)
        {
            Poison(drawn, direction);
        }

        var value = operation.Compute(inputs);
        Tensor[] trained = [.. inputs.Where(input => input.requires_grad)];
        if (trained.Length == 0)
        {
            return [value];
        }

        if (precision == ScalarType.Float32)
        {
            Poison(drawn, direction);
        }

        return [value.detach(), .. autograd.grad([value], trained, [direction.to(precision)])];
    }

    private static void Poison(Tensor[] drawn, Tensor value) => PoisonedMemory.Leave(
        [.. drawn.Append(value).Select(Filled), .. drawn.Append(value).Select(tensor => tensor.numel())], value.device);

    /// <summary>The size of a tensor's buffer with its channels filled up to whole blocks.</summary>
    private static long Filled(Tensor tensor) => tensor.dim() < 2
        ? LargestBlock
        : tensor.numel() / (tensor.shape[0] * tensor.shape[1]) * Whole(tensor.shape[0]) * Whole(tensor.shape[1]);

    private static long Whole(long channels) => (channels + LargestBlock - 1) / LargestBlock * LargestBlock;

    private static double Error(Tensor found, Tensor expected)
    {
        using var scope = NewDisposeScope();
        var difference = (found.to(ScalarType.Float64) - expected).abs().max().item<double>();
        var largest = expected.abs().max().item<double>();
        return double.IsFinite(difference) ? difference / Math.Max(largest, double.Epsilon) : double.PositiveInfinity;
    }
}
