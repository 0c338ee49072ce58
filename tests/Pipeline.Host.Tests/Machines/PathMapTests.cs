using MhdNet.Host.Commands;
using MhdNet.Host.Machines;
using MhdNet.Host.Workers;
using MhdNet.Ingest.Items;
using MhdNet.Tiling.Slides;

namespace MhdNet.Host.Tests.Machines;

public sealed class PathMapTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly PathMap _map;

    public PathMapTests()
    {
        Directory.CreateDirectory(_folder["ct"]);
        _map = PathMap.Parse([$"/data/drop={_folder.Path}", $"/data/drop/ct/={_folder["ct"]}/"]);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_longest_folder_counts_and_only_whole_names_do()
    {
        Assert.Equal(_folder["P1/a.dcm"], _map.Here("/data/drop/P1/a.dcm"));
        Assert.Equal(_folder["ct/a.dcm"], _map.Here("/data/drop/ct/a.dcm"));
        Assert.Equal(_folder.Path, _map.Here("/data/drop"));
        Assert.Equal("/data/dropped/a.dcm", _map.Here("/data/dropped/a.dcm"));
        Assert.Equal("/else", _map.Here("/else"));
    }

    [Fact]
    public void A_job_s_paths_are_all_translated()
    {
        var job = new Job(new ItemId("a"), ItemKind.Slide, "P1", ["/data/drop/a.svs"], 1);
        var here = _map.Here(new Assign(1, job, new TilingOrder(new SlideSettings { MaskFile = "/data/drop/m.geojson" }, "/data/drop/t.csv")));
        Assert.Equal([_folder["a.svs"]], here.Job.Files);
        Assert.Equal((_folder["m.geojson"], null, _folder["t.csv"]), (here.Tiling!.Settings.MaskFile, here.Tiling.Settings.MaskOutFile, here.Tiling.TilesCsv));
    }

    [Fact]
    public void What_is_said_of_files_comes_back_with_the_host_s_names() =>
        Assert.Equal("/data/drop/P1/a.dcm: cut short", _map.There($"{_folder.Path}/P1/a.dcm: cut short"));

    [Theory]
    [InlineData("a=b")]
    [InlineData("/a")]
    [InlineData("/a=/b=/c")]
    public void What_is_no_map_is_told_so(string text) => Assert.Contains("must be HOST_PATH=LOCAL_PATH", Assert.Throws<InputException>(() => PathMap.Parse([text])).Message, StringComparison.Ordinal);

    [Fact]
    public void A_folder_that_is_not_here_is_told_so() => Assert.Contains("no folder /not/here on this machine", Assert.Throws<InputException>(() => PathMap.Parse(["/a=/not/here"])).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("10.0.0.1")]
    [InlineData("10.0.0.1:0")]
    [InlineData("10.0.0.1:70000")]
    [InlineData(":4810")]
    [InlineData("10.0.0.1:x")]
    [InlineData("fd00::1:4810")]
    [InlineData("[10.0.0.1]:4810")]
    [InlineData("[fd00::1]")]
    public void What_is_no_place_to_listen_is_told_so(string text) => Assert.Contains("must be ADDRESS:PORT", Assert.Throws<InputException>(() => Endpoint.Parse("--join", text)).Message, StringComparison.Ordinal);

    [Fact]
    public void An_IPv6_address_stands_in_brackets()
    {
        Assert.Equal("[fd00::1]:4810", Endpoint.Parse("--join", "[fd00:0::1]:4810").ToString());
        Assert.Contains("no IPv6 address", Assert.Throws<InputException>(() => Endpoint.Parse("--join", "[fd00::x]:4810")).Message, StringComparison.Ordinal);
        Assert.Contains("link-local", Assert.Throws<InputException>(() => Endpoint.Parse("--join", "[fe80::1]:4810")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_is_looked_up() => Assert.Equal("127.0.0.1:4810", Endpoint.Parse("--join", "localhost:4810").ToString());
}
