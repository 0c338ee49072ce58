using MhdNet.Host.Batch;
using MhdNet.Ingest.Items;

namespace MhdNet.Host.Tests.Batch;

public sealed class BatchTilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void The_tables_of_all_slides_become_one_with_one_header()
    {
        Directory.CreateDirectory(_folder["tiles"]);
        File.WriteAllText(_folder["tiles/a.csv"], "item,x\r\na,1\r\na,2\r\n");
        File.WriteAllText(_folder["tiles/b.csv"], "item,x\r\nb,3\r\n");
        File.WriteAllText(_folder["tiles/old.csv"], "x\r\n3\r\n");
        ItemId[] slides = [new("a"), new("none"), new("old"), new("b")];
        Assert.Equal(["old.csv"], BatchTiles.Join(_folder["."], slides).Select(Path.GetFileName));
        Assert.Equal("item,x\r\na,1\r\na,2\r\nb,3\r\n", File.ReadAllText(_folder["tiles.csv"]));
    }

    public void Dispose() => _folder.Dispose();
}
