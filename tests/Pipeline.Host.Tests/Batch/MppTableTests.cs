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
    public void What_is_no_resolution_is_named_with_its_line(string text)
    {
        var error = Assert.Throws<InputException>(() => Read(text));
        Assert.Contains("mpp.csv, line 2: 'a", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("MissingFieldFound", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("slide,power\na,40\n")]
    [InlineData("name,mpp\na,0.5\n")]
    [InlineData("slide,mpp_x\na,0.5\n")]
    [InlineData("")]
    public void Columns_that_are_missing_are_named(string text) =>
        Assert.Contains("mpp.csv, line 1: '", Assert.Throws<InputException>(() => Read(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Columns_may_be_written_as_people_do_and_rows_of_no_slide_are_told()
    {
        var table = Read("Slide, MPP\na,0.25\nb.svs,0.5\nc,0.5\n");
        Assert.Equal(new SlideMpp(0.25, 0.25), table.Of("/slides/a.svs"));
        Assert.Equal(["c"], table.NotOf(["/slides/a.svs", "/slides/b.svs"]));
    }

    public void Dispose() => _folder.Dispose();

    private MppTable Read(string text)
    {
        File.WriteAllText(_folder["mpp.csv"], text);
        return MppTable.Read(new FileInfo(_folder["mpp.csv"]));
    }
}
