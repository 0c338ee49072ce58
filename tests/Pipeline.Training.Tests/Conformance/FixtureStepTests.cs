using MhdNet.Training.Arithmetic;
using MhdNet.Training.Conformance;
using TorchSharp;

namespace MhdNet.Training.Tests.Conformance;

[Collection("torch")] // one at a time: its generator and its threads are shared
public class FixtureStepTests
{
    [SkippableTheory]
    [InlineData("step", "auto")]
    [InlineData("step", "always")]
    [InlineData("step-24", "auto")]
    [InlineData("step-24", "always")]
    public void Every_number_of_a_step_is_that_of_the_independent_implementation(string fixture, string padding)
    {
        var folder = Repository.Shared($"fixtures/{fixture}");
        var choice = Enum.Parse<PaddingChoice>(padding, ignoreCase: true);
        using var padded = ArithmeticInUse.Use(choice == PaddingChoice.Auto
            ? ArithmeticInUse.Convolutions
            : new Convolutions(ArithmeticInUse.Result.Machine.Processor.InstructionSet.Block(), TorchConvolution.Compute));

        var verdicts = FixtureStep.Run(folder, torch.CPU).Compare();

        Assert.True(verdicts.Count > 300, $"only {verdicts.Count} tensors were compared");
        var failed = verdicts.Where(v => !v.Passed).OrderByDescending(v => v.Error / v.Tolerance).Select(v => $"{v.Name}: {v.Error:g3} > {v.Tolerance:g3}").ToArray();
        Assert.True(failed.Length == 0, $"{failed.Length} of {verdicts.Count}:\n{string.Join("\n", failed.Take(40))}");
    }
}
