using System.Globalization;

namespace MhdNet.Training.Arithmetic;

/// <summary>What the self-test found.</summary>
/// <param name="Machine">Where.</param>
/// <param name="Choice">Whether channels may, must or must not be filled up.</param>
/// <param name="Block">Channels are filled up to multiples of this; 1: not at all.</param>
/// <param name="Operations">Whose operations were tried.</param>
/// <param name="Count">How many.</param>
/// <param name="Worst">The largest error, with this block.</param>
/// <param name="Tolerance">The largest error that counts as right.</param>
public sealed record SelfTestResult(Machine Machine, PaddingChoice Choice, int Block, string Operations, int Count, OperationError Worst, double Tolerance)
{
    /// <summary>The largest error without filling up, where that is why channels are filled up.</summary>
    public OperationError? Unpadded { get; init; }

    /// <summary>Whether this machine computes rightly with this block.</summary>
    public bool Passed => Worst.Error <= Tolerance;

    /// <summary>A sentence on what is wrong; for a test that was not passed.</summary>
    public string Problem => string.Create(
        CultureInfo.InvariantCulture,
        $"The self-test found an error of {Worst}, as a share of the largest value; {Tolerance:0e+00} is allowed (processor {Machine.Processor}; {Machine.Libraries}; {Padding}).");

    /// <summary>A sentence on what to do about it.</summary>
    public string Remedy => this switch
    {
        { Machine.Device: "cpu", Choice: PaddingChoice.Never } => "Set mhdnet.training.channel-padding = auto.",
        _ => OtherWay,
    };

    /// <summary>A sentence on how else to compute.</summary>
    internal string OtherWay => this switch
    {
        { Machine.Device: not "cpu" } => "Compute on the processor with --device cpu.",
        { Machine.Processor.InstructionSet: > InstructionSet.Sse41 } =>
            "Set the environment variable ONEDNN_MAX_CPU_ISA=SSE41 and try again; the arithmetic is then tested again.",
        _ => "Use another machine, and please report this processor.",
    };

    /// <summary>In one line: processor, what oneDNN sees, what is done about it, the largest error.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Machine.Processor}; {Machine.Libraries}; {Padding}; largest error {Worst} ({Count} operations)");

    private string Padding => Block == 1
        ? "channels as they are"
        : $"channels filled up to multiples of {Block}" + (Unpadded is null ? "" : ", because convolutions are wrong otherwise");
}
