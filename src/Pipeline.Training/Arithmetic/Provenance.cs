using System.Globalization;

namespace MhdNet.Training.Arithmetic;

/// <summary>On what the numbers of a run or of a prediction were computed.</summary>
/// <param name="Processor">Vendor and model.</param>
/// <param name="InstructionSet">The widest registers that oneDNN uses there.</param>
/// <param name="CachesVisible">Whether the processor tells the sizes of its caches.</param>
/// <param name="Device"><c>cpu</c> or <c>cuda:N</c>.</param>
/// <param name="Threads">Torch's threads within one operation.</param>
/// <param name="Torch">Version of torch.</param>
/// <param name="OneDnn">Version of oneDNN.</param>
/// <param name="Mkl">Version of MKL.</param>
/// <param name="Variables">Environment variables that steer these libraries.</param>
/// <param name="ChannelPadding">Channels of convolutions are filled up with zeros to multiples of this; 1: as they are.</param>
/// <param name="SelfTest">What was tested, and the largest error.</param>
public sealed record Provenance(
    string Processor, string InstructionSet, bool CachesVisible, string Device, int Threads, string Torch, string OneDnn, string Mkl,
    IReadOnlyDictionary<string, string> Variables, int ChannelPadding, string SelfTest)
{
    /// <summary>The arithmetic of this process.</summary>
    /// <exception cref="WrongArithmeticException">Nothing was tested yet, and this machine computes wrongly.</exception>
    public static Provenance Current => Of(ArithmeticInUse.Result);

    /// <summary>What a self-test that was passed stands for.</summary>
    public static Provenance Of(SelfTestResult test)
    {
        ArgumentNullException.ThrowIfNull(test);
        var (machine, processor) = (test.Machine, test.Machine.Processor);
        return new Provenance(
            $"{processor.Vendor} {processor.Model}".Trim(), processor.InstructionSet.Name(), processor.CachesVisible, machine.Device, machine.Threads,
            machine.Libraries.Torch, machine.Libraries.OneDnn, machine.Libraries.Mkl, machine.Variables, test.Block,
            string.Create(CultureInfo.InvariantCulture, $"passed: {test.Count} operations of {test.Operations}, largest error {test.Worst}"));
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Processor}, {InstructionSet}, {Device}, {Threads} threads, torch {Torch}, oneDNN {OneDnn}, MKL {Mkl}, "
        + $"channels {(ChannelPadding > 1 ? $"filled up to multiples of {ChannelPadding}" : "as they are")}; self-test {SelfTest}");
}
