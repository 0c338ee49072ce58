using MhdNet.Host.Batch;
using MhdNet.Host.Commands;
using MhdNet.Tiling.Slides;

namespace MhdNet.Host.Tests.Batch;

public sealed class MppTableTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("slide,mpp\na.svs,0.25\n", 0.25, 0.25)]
    [InlineData("slide,mpp_x,mpp_y\na,0.25,0.5\n", 0.25, 0.5)]
    [InlineData("slide,mpp\n/slides/a.svs,0.3\n", 0.3, 0.3)]
    public void A_slide_is_found_by_name_or_path(string text, double x, double y)
    {
        Assert.Equal(new SlideMpp(x, y), Read(text).Of("/slides/a.svs"));
        Assert.Null(Read(text).Of("/slides/b.svs"));
    }

    [Theory]
    [InlineData("slide,mpp\na,fine\n")]
    [InlineData("slide,mpp\na,0\n")]
    [InlineData("slide,power\na,40\n")]
    [InlineData("name,mpp\na,0.5\n")]
    public void What_is_no_resolution_is_named_with_its_line(string text)
    {
        var error = Assert.Throws<InputException>(() => Read(text));
        Assert.Contains("mpp.csv, line 2: 'a", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("MissingFieldFound", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private MppTable Read(string text)
    {
        File.WriteAllText(_folder["mpp.csv"], text);
        return MppTable.Read(new FileInfo(_folder["mpp.csv"]));
    }
}
