using MhdNet.Host.Batch;
using MhdNet.Ingest.Items;
using MhdNet.Tiling.Streams;

namespace MhdNet.Host.Tests.Batch;

public sealed class BatchTilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void The_tables_of_all_slides_become_one_with_one_header()
    {
        Directory.CreateDirectory(_folder["tiles"]);
        File.WriteAllText(_folder["tiles/a.csv"], TileTable.Header + "a,1\r\na,2\r\n");
        File.WriteAllText(_folder["tiles/b.csv"], TileTable.Header + "b,3\r\n");
        File.WriteAllText(_folder["tiles/old.csv"], "x\r\n3\r\n");
        ItemId[] slides = [new("a"), new("none"), new("old"), new("b")];
        Assert.Equal(["none.csv", "old.csv"], BatchTiles.Join(_folder["."], slides).Select(Path.GetFileName));
        Assert.Equal(TileTable.Header + "a,1\r\na,2\r\nb,3\r\n", File.ReadAllText(_folder["tiles.csv"]));
    }

    public void Dispose() => _folder.Dispose();
}
