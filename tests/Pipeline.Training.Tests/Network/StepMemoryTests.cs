using MhdNet.Training.Network.Sizes;
using MhdNet.Training.Options;

namespace MhdNet.Training.Tests.Network;

public sealed class StepMemoryTests
{
    private const double GiB = 1L << 30;

    [Theory]
    [InlineData("tiny", 8, 0.7)]
    [InlineData("paper", 1, 6.3)]
    [InlineData("paper", 2, 8.2)]
    [InlineData("paper", 3, 10.0)]
    public void The_estimate_is_near_what_was_measured(string preset, int batch, double measured)
    {
        var options = OptionsFile.Read(Path.Combine(Repository.Root, "config", preset + ".json")) with { Batch = batch, Types = ["A", "B1", "B2", "B3", "AB", "TC", "TNET", "MN"] };

        Assert.InRange(StepMemory.Of(options) / GiB, measured * 0.8, measured * 1.3);
    }
}
