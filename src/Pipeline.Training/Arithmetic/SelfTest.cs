using static TorchSharp.torch;

namespace MhdNet.Training.Arithmetic;

/// <summary>
/// Finds out whether this machine computes a network's operations rightly, and whether the channels of its convolutions must be filled up for that.
/// Every operation is held against double precision, forward and backward.
/// </summary>
public static class SelfTest
{
    /// <summary>
    /// Largest error that counts as right. In single precision sums of some thousand products are right within 1e-5; wrong convolutions were off
    /// by a tenth and more.
    /// </summary>
    public const double Tolerance = 1e-4;

    /// <summary>On a GPU, where TF32 keeps 10 bits of each factor.</summary>
    public const double ToleranceOfTf32 = 1e-2;

    /// <summary>Tries the operations.</summary>
    /// <param name="operations">What is looked at.</param>
    /// <param name="choice">Whether channels may, must or must not be filled up.</param>
    /// <param name="machine">The machine; its instruction set tells the block.</param>
    /// <param name="device">Where to compute.</param>
    /// <param name="library">What computes convolutions; null: torch.</param>
    public static SelfTestResult Run(Operations operations, PaddingChoice choice, Machine machine, Device device, ConvolutionKernel? library = null)
    {
        ArgumentNullException.ThrowIfNull(operations);
        var others = Errors(operations.Others, device);
        int[] blocks = choice switch
        {
            PaddingChoice.Never => [1],
            PaddingChoice.Always => [machine.Processor.InstructionSet.Block()],
            _ => [1, machine.Processor.InstructionSet.Block()],
        };
        var result = Result(blocks[0]);
        return result.Passed || blocks.Length == 1 ? result : Result(blocks[1]) with { Unpadded = result.Worst };

        SelfTestResult Result(int block)
        {
            var convolutions = new Convolutions(block, library ?? TorchConvolution.Compute);
            OperationError[] errors = [.. Errors(operations.Convolutions.Select(each => each.By(convolutions)), device), .. others];
            var tolerance = device.type == TorchSharp.DeviceType.CPU ? Tolerance : ToleranceOfTf32;
            var count = operations.Convolutions.Count + operations.Others.Count;
            return new SelfTestResult(machine, choice, block, operations.Name, count, errors.MaxBy(error => error.Error)!, tolerance);
        }
    }

    private static OperationError[] Errors(IEnumerable<Operation> operations, Device device) => [.. operations.SelectMany(each => Trial.Of(each, device))];
}
