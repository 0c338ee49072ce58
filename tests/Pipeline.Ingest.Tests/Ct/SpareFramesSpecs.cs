using MhdNet.Ingest.Ct;

namespace MhdNet.Ingest.Tests.Ct;

public class SpareFramesSpecs
{
    [Fact]
    public void What_was_kept_is_taken_again_by_its_length_and_once()
    {
        var frame = new short[12_347]; // a length that nobody else asks for
        SpareFrames.Keep(frame);
        Assert.Equal(12_346, SpareFrames.Take(12_346).Length);
        Assert.Same(frame, SpareFrames.Take(12_347));
        Assert.NotSame(frame, SpareFrames.Take(12_347));
    }

    [Fact]
    public void What_is_too_much_is_let_go()
    {
        var huge = new short[SpareFrames.Most + 1];
        SpareFrames.Keep(huge);
        Assert.NotSame(huge, SpareFrames.Take(huge.Length));
    }
}
