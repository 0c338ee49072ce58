using static TorchSharp.torch;

namespace MhdNet.Training.Arithmetic;

/// <summary>
/// Finds out whether this machine computes a network's operations rightly, and whether the channels of its convolutions must be filled up
/// for that. Every operation is held against double precision, forward and backward.
/// </summary>
public static class SelfTest
{
    /// <summary>
    /// Largest error that counts as right. In single precision sums of some thousand products are right within 1e-5; wrong convolutions
    /// were off by a tenth and more.
    /// </summary>
    public const double Tolerance = 1e-4;

    /// <summary>On a GPU, where TF32 keeps 10 bits of each factor.</summary>
    public const double ToleranceOfTf32 = 1e-2;

    /// <summary>Finds out with which block this machine computes rightly, if with any.</summary>
    /// <param name="operations">What is looked at.</param>
    /// <param name="choice">Whether channels may, must or must not be filled up.</param>
    /// <param name="machine">The machine; its instruction set tells the block.</param>
    /// <param name="device">Where to compute.</param>
    /// <param name="library">What computes convolutions; null: torch.</param>
    public static SelfTestResult Run(Operations operations, PaddingChoice choice, Machine machine, Device device, ConvolutionKernel? library = null)
    {
        ArgumentNullException.ThrowIfNull(machine);
        SelfTestResult With(int block) => Try(operations, new Convolutions(block, library ?? TorchConvolution.Compute), choice, machine, device);
        var block = device.type == TorchSharp.DeviceType.CPU ? machine.Processor.InstructionSet.Block() : 1; // elsewhere nothing is filled up
        var first = With(choice == PaddingChoice.Always ? block : 1);
        return first.Passed || choice != PaddingChoice.Auto || block == 1 ? first : With(block) with { Unpadded = first.Worst };
    }

    /// <summary>Tries the operations with some convolutions.</summary>
    internal static SelfTestResult Try(Operations operations, Convolutions convolutions, PaddingChoice choice, Machine machine, Device device)
    {
        Operation[] all = [.. operations.Convolutions.Select(each => each.By(convolutions)), .. operations.Others];
        var worst = all.SelectMany(each => Trial.Of(each, device)).MaxBy(error => error.Error)!;
        var tolerance = device.type == TorchSharp.DeviceType.CPU ? Tolerance : ToleranceOfTf32;
        return new SelfTestResult(machine, choice, convolutions.Block, operations.Name, all.Length, worst, tolerance);
    }
}
