using MhdNet.Host.Batch;
using MhdNet.Host.Commands;

namespace MhdNet.Host.Tests.Batch;

public sealed class MaskNamesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_slide_with_a_name_of_its_own_has_a_mask_of_that_name()
    {
        var names = new MaskNames(["/x/a.svs"]);
        Assert.Equal(_folder["a.geojson"], names.Out(_folder["."].TrimEnd('.').TrimEnd('/'), "/x/a.svs"));
        Assert.Null(names.In(_folder["."], "/x/a.svs"));
    }

    [Fact]
    public void Slides_of_one_name_have_masks_of_their_own()
    {
        var names = new MaskNames(["/x/a.svs", "/y/a.svs"]);
        var (one, other) = (names.Out(_folder["."], "/x/a.svs"), names.Out(_folder["."], "/y/a.svs"));
        Assert.NotEqual(one, other);
        File.WriteAllText(one, "{}");
        Assert.Equal(one, names.In(_folder["."], "/x/a.svs"));
        Assert.Null(names.In(_folder["."], "/y/a.svs"));
        File.WriteAllText(_folder["a.geojson"], "{}");
        Assert.Contains("could be of /x/a.svs or /y/a.svs", Assert.Throws<InputException>(() => names.In(_folder["."], "/x/a.svs")).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
