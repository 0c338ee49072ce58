using MhdNet.Host.Batch;

namespace MhdNet.Host.Tests.Batch;

public sealed class BatchProgressTests
{
    [Fact]
    public void Time_left_is_that_of_the_slides_left() =>
        Assert.Equal("1 of 4 slides, 3,000 tiles kept, 300 a second, 00:00:30 left", new BatchProgress(4, 1, 3000).Line(TimeSpan.FromSeconds(10)));

    [Fact]
    public void Before_the_first_slide_nothing_is_foretold() => Assert.Equal("0 of 4 slides", new BatchProgress(4, 0, 0).Line(TimeSpan.Zero));
}
