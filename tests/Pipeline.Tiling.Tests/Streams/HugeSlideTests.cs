using System.Globalization;
using Akka.Streams;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Sequences;
using MhdNet.Tiling.Slides;
using MhdNet.Tiling.Streams;
using MhdNet.Tiling.Tests.Slides;
using MhdNet.Tiling.Tiles;

namespace MhdNet.Tiling.Tests.Streams;

/// <summary>Memory is that of the process, so no other test runs beside these.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone
{
}

[Collection(nameof(Alone))]
public sealed class HugeSlideTests : ActorTest
{
    private static readonly ItemId Item = new("huge-slide-0123456789");

    private readonly TemporaryFolder _folder = new();

    private SequenceStore Store => new(_folder["work"]);

    // One level, no pyramid: even the overview comes from level 0.
    [Fact]
    public async Task A_slide_of_100_000_x_100_000_pixels_stays_under_a_gibibyte()
    {
        var stored = 0;
        SparseTiff.Write(_folder["huge.tif"], 100_000, 100_000, (20_000, 20_000), [StainedTile.Jpeg], (column, row) =>
        {
            if (column % 130 >= 24 || row % 130 >= 24)
            {
                return null;
            }

            stored++;
            return 0;
        });
        await File.WriteAllTextAsync("/proc/self/clear_refs", "5"); // the peak begins anew
        var before = Peak();
        Assert.Equal(new Outcome.Done(16), await Run(_folder["huge.tif"], new SlideSettings()));
        Assert.InRange(Peak() - before, 0, 1 << 20); // 775,000 here
        var counts = Store.ReadManifest<TileFrame, SlideSource>(Item).Source.Counts;
        Assert.Equal(446 * 446, counts.Grid);
        Assert.InRange(counts.Kept, (int)(0.9 * stored), (int)(1.4 * stored));
    }

    [Fact]
    public async Task A_damaged_tile_costs_the_tiles_that_touch_it_and_no_other()
    {
        var good = StainedTile.Jpeg;
        SparseTiff.Write(_folder["slide.tif"], 3072, 3072, (20_000, 20_000), [good, good[..(good.Length / 3)]], (column, row) => (column, row) == (5, 5) ? 1 : 0);
        var done = Assert.IsType<Outcome.Done>(await Run(_folder["slide.tif"], new SlideSettings { MaxSequences = 0 }));
        var counts = Store.ReadManifest<TileFrame, SlideSource>(Item).Source.Counts;
        Assert.Equal((13 * 13, 4), (counts.Grid, counts.Unreadable)); // cell 1280 to 1536 lies under tiles 5 and 6 in both directions
        Assert.Equal((counts.Grid - 4) / 24, done.Sequences);
        Assert.Contains("4 of 169 tiles cannot be decoded", done.Note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pixels_that_are_not_square_are_made_square()
    {
        SparseTiff.Write(_folder["slide.tif"], 6144, 1536, (40_000, 20_000), [StainedTile.Jpeg], (_, _) => 0);
        Assert.IsType<Outcome.Done>(await Run(_folder["slide.tif"], new SlideSettings { MaxSequences = 1, Filter = new TileFilterSettings { MinFocus = 0 } }));
        var source = Store.ReadManifest<TileFrame, SlideSource>(Item).Source;
        Assert.Equal((0.25, 0.5, 448, 224), (source.MppX, source.MppY, source.Grid.Width, source.Grid.Height));
        Assert.Equal((13, 6), (source.Grid.Columns, source.Grid.Rows));
    }

    [Fact]
    public async Task Storing_at_once_and_choosing_afterwards_give_the_same_sequences()
    {
        SparseTiff.Write(_folder["slide.tif"], 4000, 3000, (20_000, 20_000), [StainedTile.Jpeg], (column, _) => column == 7 ? null : 0);
        Assert.IsType<Outcome.Done>(await Run(_folder["slide.tif"], new SlideSettings { MaxSequences = 0 }));
        var all = Directory.GetFiles(Store.Folder(Item), "*.npy").Order(StringComparer.Ordinal).Select(File.ReadAllBytes).ToList();
        Assert.Equal(new Outcome.Done(2), await Run(_folder["slide.tif"], new SlideSettings { MaxSequences = 2 }));
        var chosen = TileSequences.Spread([.. Enumerable.Range(0, all.Count)], 2);
        Assert.Equal(all[chosen[0]], await File.ReadAllBytesAsync(Path.Combine(Store.Folder(Item), "000.npy")));
        Assert.Equal(all[chosen[1]], await File.ReadAllBytesAsync(Path.Combine(Store.Folder(Item), "001.npy")));
    }

    [Fact]
    public async Task What_someone_knows_of_a_slide_goes_before_what_its_file_says()
    {
        SparseTiff.Write(_folder["slide.tif"], 3072, 3072, (20_000, 20_000), [StainedTile.Jpeg], (_, _) => 0);
        Assert.IsType<Outcome.Done>(await Run(_folder["slide.tif"], new SlideSettings { KnownMpp = new SlideMpp(0.25, 0.25), MaxSequences = 1 }));
        var source = Store.ReadManifest<TileFrame, SlideSource>(Item).Source;
        Assert.Equal((0.25, ResolutionOrigin.Given, 448, 224), (source.MppX, source.MppFrom, source.Grid.Width, source.Grid.ReadWidth)); // decoded at a half
    }

    [Fact]
    public async Task A_level_that_is_not_there_rejects_the_slide()
    {
        SparseTiff.Write(_folder["slide.tif"], 3072, 3072, (20_000, 20_000), [StainedTile.Jpeg], (_, _) => 0);
        Assert.Equal("no-such-level", Assert.IsType<Outcome.Rejected>(await Run(_folder["slide.tif"], new SlideSettings { Level = 1 })).Reason.Code);
        Assert.IsType<Outcome.Done>(await Run(_folder["slide.tif"], new SlideSettings { Level = 0 }));
    }

    [Fact]
    public async Task Only_the_drawn_tissue_is_taken()
    {
        SparseTiff.Write(_folder["slide.tif"], 3072, 3072, (20_000, 20_000), [StainedTile.Jpeg], (_, _) => 0);
        await File.WriteAllTextAsync(_folder["drawn.geojson"], """{"type":"Polygon","coordinates":[[[0,0],[1344,0],[1344,1344],[0,1344],[0,0]]]}""");
        Assert.Equal(new Outcome.Done(1), await Run(_folder["slide.tif"], new SlideSettings { MaskFile = _folder["drawn.geojson"] }));
        Assert.Equal(36, Store.ReadManifest<TileFrame, SlideSource>(Item).Source.Counts.Kept);
    }

    protected override void AfterAll()
    {
        base.AfterAll();
        _folder.Dispose();
    }

    private static long Peak() =>
        long.Parse(File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);

    private Task<Outcome> Run(string path, SlideSettings settings) => SlideStream.Process(new Job(Item, ItemKind.Slide, "p1", [path], 1), settings, Store).Run(Sys.Materializer());
}
