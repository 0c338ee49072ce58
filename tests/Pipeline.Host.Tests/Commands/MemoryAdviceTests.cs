using MhdNet.Host.Commands;
using MhdNet.Training.Options;

namespace MhdNet.Host.Tests.Commands;

public class MemoryAdviceTests
{
    private static readonly MhdOptions Paper = new() { Types = ["A", "B"] };

    [Fact]
    public void A_step_that_does_not_fit_is_told_before_it_is_taken() =>
        Assert.Matches("A step of batch 8 of preset paper takes about 17.6 GiB, and there are 16 GiB.*--set batch=4", MemoryAdvice.Of("paper", Paper, 16L << 30));

    [Fact]
    public void One_sample_cannot_be_halved() => Assert.Contains("Lower size or width", MemoryAdvice.Of("paper", Paper with { Batch = 1 }, 1L << 30), StringComparison.Ordinal);

    [Fact]
    public void What_fits_is_not_spoken_of() => Assert.Null(MemoryAdvice.Of("paper", Paper, 32L << 30));
}
