using Akka.Streams;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Sequences;
using MhdNet.Tiling.Phantom;
using MhdNet.Tiling.Slides;
using MhdNet.Tiling.Stains;
using MhdNet.Tiling.Streams;
using MhdNet.Tiling.Tiles;
using OpenCvSharp;

namespace MhdNet.Tiling.Tests.Streams;

public sealed class SlideStreamTests : ActorTest
{
    private static readonly ItemId Item = new("p1-slide-0123456789");

    // Drawn once: the tests differ in what they do with it.
    private static readonly Lazy<byte[]> Phantom = new(() =>
    {
        using var folder = new TemporaryFolder();
        SlidePhantom.Write(folder["slide.tif"], 0, 3, 1);
        return File.ReadAllBytes(folder["slide.tif"]);
    });

    private readonly TemporaryFolder _folder = new();

    private SequenceStore Store => new(_folder["work"]);

    [SkippableFact]
    public async Task A_real_slide_becomes_sequences_of_its_own_pixels()
    {
        var path = Repository.Shared("data/wsi/cmu-1-small-region.svs");
        var outcome = await Run(path, new SlideSettings { Remainder = RemainderPolicy.Overlap });
        Assert.Equal(new Outcome.Done(2), outcome);
        var manifest = Store.ReadManifest<TileFrame, SlideSource>(Item);
        Assert.Equal((0.499, ResolutionOrigin.Scanner), (manifest.Source.MppX, manifest.Source.MppFrom));
        Assert.InRange(manifest.Source.Counts.Kept, 40, 50);
        Assert.Equal(117, manifest.Source.Counts.Grid);
        Assert.Equal(manifest.Source.Counts.Kept, manifest.Source.Counts.Used);

        using var slide = OpenSlideImage.Open(path);
        foreach (var entry in manifest.Sequences)
        {
            var array = Read(entry.File);
            Assert.Equal([24, 224, 224, 3], array.Shape);
            for (var i = 0; i < 24; i++)
            {
                using var region = slide.ReadRegion(entry.Frames[i].X, entry.Frames[i].Y, 0, 224, 224);
                region.GetArray(out Vec3b[] pixels);
                Assert.Equal(System.Runtime.InteropServices.MemoryMarshal.AsBytes<Vec3b>(pixels), array.Data.AsSpan(i * 224 * 224 * 3, 224 * 224 * 3));
            }
        }

        using var picture = Cv2.ImRead(Store.Picture(Item));
        Assert.InRange(picture.Width, 900, 1400);
    }

    [SkippableFact]
    public async Task Without_resolution_a_slide_is_rejected_unless_the_settings_give_one()
    {
        var path = Repository.Shared("data/wsi/tcga-cr-7395-01a-01-ts1.svs");
        var reason = Assert.IsType<Outcome.Rejected>(await Run(path, new SlideSettings())).Reason;
        Assert.Equal("unknown-mpp", reason.Code);
        Assert.Contains("default-mpp", reason.Sentence, StringComparison.Ordinal);
        Assert.Contains("--mpp-csv", reason.Sentence, StringComparison.Ordinal);
        using (var picture = Cv2.ImRead(Store.Picture(Item)))
        {
            Assert.InRange(picture.Width, 900, 1400);
        }

        var done = Assert.IsType<Outcome.Done>(await Run(path, new SlideSettings { DefaultMpp = 1 / 2.0, MaxSequences = 2 }));
        Assert.Equal(2, done.Sequences);
        Assert.Contains("resolution assumed", done.Note, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Fluorescence_is_rejected_with_a_picture()
    {
        var reason = Assert.IsType<Outcome.Rejected>(await Run(Repository.Shared("data/wsi/test3-DAPI-2-(387).ndpi"), new SlideSettings())).Reason;
        Assert.Equal("not-brightfield", reason.Code);
        Assert.True(File.Exists(Store.Picture(Item)));
        Assert.False(Store.Contains(Item));
    }

    [SkippableFact]
    public async Task What_is_no_slide_fails() =>
        Assert.Equal("not-a-slide", Assert.IsType<Outcome.Failed>(await Run(Repository.Shared("data/wsi/broken.svs"), new SlideSettings())).Reason.Code);

    [SkippableTheory]
    [InlineData(0.3)]
    [InlineData(0.9)]
    public async Task A_slide_cut_short_fails_and_leaves_nothing(double share)
    {
        var whole = await File.ReadAllBytesAsync(Repository.Shared("data/wsi/cmu-1-small-region.svs"));
        await File.WriteAllBytesAsync(_folder["cut.svs"], whole[..(int)(whole.Length * share)]);
        var reason = Assert.IsType<Outcome.Failed>(await Run(_folder["cut.svs"], new SlideSettings())).Reason;
        Assert.Contains(reason.Code, (string[])["not-a-slide", "unreadable-slide"]);
        Assert.Contains(_folder["cut.svs"], reason.Sentence, StringComparison.Ordinal);
        Assert.False(Store.Contains(Item));
    }

    [Fact]
    public async Task A_few_damaged_tiles_are_left_out_and_their_number_is_noted()
    {
        await WriteDamaged(_folder["slide.tif"], 0.30, 0.32);
        var done = Assert.IsType<Outcome.Done>(await Run(_folder["slide.tif"], new SlideSettings()));
        var counts = Store.ReadManifest<TileFrame, SlideSource>(Item).Source.Counts;
        Assert.InRange(counts.Unreadable, 1, 12);
        Assert.Contains($"{counts.Unreadable} of ", done.Note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_slide_behind_a_link_is_as_long_as_what_the_link_leads_to()
    {
        await File.WriteAllBytesAsync(_folder["slide.tif"], Phantom.Value);
        File.CreateSymbolicLink(_folder["link.tif"], _folder["slide.tif"]);
        Assert.Equal(new Outcome.Done(1), await Run(_folder["link.tif"], new SlideSettings { MaxSequences = 1 }));
    }

    [Fact]
    public async Task Many_damaged_tiles_fail_the_slide()
    {
        await WriteDamaged(_folder["slide.tif"], 0.25, 0.50);
        var reason = Assert.IsType<Outcome.Failed>(await Run(_folder["slide.tif"], new SlideSettings())).Reason;
        Assert.Equal("unreadable-slide", reason.Code);
        Assert.Contains("tiles cannot be decoded, more than 10 %", reason.Sentence, StringComparison.Ordinal);
        Assert.False(Store.Contains(Item));
    }

    // OpenSlide reads it, and its first error is for good; the tiles themselves are read from level 0, which is whole.
    [Fact]
    public async Task Damage_in_the_level_that_the_overview_is_read_from_does_not_cost_the_slide()
    {
        await File.WriteAllBytesAsync(_folder["phantom.tif"], Phantom.Value);
        using (var phantom = NetVips.Image.NewFromFile(_folder["phantom.tif"]))
        {
            phantom.Tiffsave(_folder["slide.tif"], compression: NetVips.Enums.ForeignTiffCompression.Deflate, tile: true, tileWidth: 256, tileHeight: 256, pyramid: true, xres: 2000, yres: 2000, resunit: NetVips.Enums.ForeignTiffResunit.Cm);
        }

        byte[] bytes = await File.ReadAllBytesAsync(_folder["slide.tif"]);
        bytes.AsSpan((int)(0.850 * bytes.Length)..(int)(0.852 * bytes.Length)).Clear();
        await File.WriteAllBytesAsync(_folder["slide.tif"], bytes);
        var done = Assert.IsType<Outcome.Done>(await Run(_folder["slide.tif"], new SlideSettings()));
        Assert.Contains("of the low-power image cannot be decoded", done.Note, StringComparison.Ordinal);
        Assert.Equal(0, Store.ReadManifest<TileFrame, SlideSource>(Item).Source.Counts.Unreadable);
    }

    [Fact]
    public async Task A_missing_slide_fails() =>
        Assert.Equal("missing-file", Assert.IsType<Outcome.Failed>(await Run(_folder["gone.svs"], new SlideSettings())).Reason.Code);

    [Fact]
    public async Task A_work_folder_that_cannot_be_written_is_a_failure_of_storage()
    {
        await File.WriteAllBytesAsync(_folder["slide.tif"], Phantom.Value);
        await File.WriteAllTextAsync(_folder["work"], "a file where the folder should be");
        var reason = Assert.IsType<Outcome.Failed>(await Run(_folder["slide.tif"], new SlideSettings())).Reason;
        Assert.Equal("storage", reason.Code);
        Assert.Contains("slide.tif", reason.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_synthetic_slide_is_tiled_at_its_resolution_and_listed()
    {
        await File.WriteAllBytesAsync(_folder["slide.tif"], Phantom.Value);
        var outcome = await Run(_folder["slide.tif"], new SlideSettings { MaxSequences = 2 }, _folder["tiles/slide.csv"]);
        Assert.Equal(new Outcome.Done(2), outcome);
        var source = Store.ReadManifest<TileFrame, SlideSource>(Item).Source;
        Assert.Equal(TileTable.Header.TrimEnd(), (await File.ReadAllLinesAsync(_folder["tiles/slide.csv"]))[0]);
        Assert.Equal((0.5, ResolutionOrigin.TiffTags, 195), (source.MppX, source.MppFrom, source.Counts.Grid));
        var rows = (await File.ReadAllLinesAsync(_folder["tiles/slide.csv"])).Skip(1).ToList();
        Assert.Equal(source.Counts.Grid - source.Counts.Background, rows.Count);
        Assert.All(rows, row => Assert.StartsWith(Item.Value + ",", row, StringComparison.Ordinal));
        Assert.Equal(48, rows.Count(row => row.EndsWith("kept,000", StringComparison.Ordinal) || row.EndsWith("kept,001", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(StainMethod.Reinhard)]
    [InlineData(StainMethod.Macenko)]
    public async Task The_manifest_tells_what_the_colours_were_brought_to(StainMethod method)
    {
        await File.WriteAllBytesAsync(_folder["slide.tif"], Phantom.Value);
        Assert.IsType<Outcome.Done>(await Run(_folder["slide.tif"], new SlideSettings { Stain = method, MaxSequences = 1 }));
        var stain = Store.ReadManifest<TileFrame, SlideSource>(Item).Source.Stain!;
        Assert.Equal(method, stain.Method);
        Assert.NotEmpty(stain.Reference);
        Assert.Equal(stain.Reference.Keys.Order(StringComparer.Ordinal), stain.Slide.Keys.Order(StringComparer.Ordinal));
        Assert.True(stain.Pixels > 1000);
    }

    [Fact]
    public async Task A_mask_that_was_given_is_the_tissue_and_the_manifest_names_it()
    {
        await File.WriteAllBytesAsync(_folder["slide.tif"], Phantom.Value);
        await File.WriteAllTextAsync(_folder["slide.geojson"], """{ "type": "Polygon", "coordinates": [[[448, 448], [2464, 448], [2464, 2464], [448, 2464], [448, 448]]] }""");
        await Run(_folder["slide.tif"], new SlideSettings { MaskFile = _folder["slide.geojson"], Filter = new TileFilterSettings { Use = TileFilters.Tissue } });
        var source = Store.ReadManifest<TileFrame, SlideSource>(Item).Source;
        Assert.Equal(("slide.geojson", 81), (source.TissueOutlines, source.Counts.Kept));
    }

    [Fact]
    public async Task An_empty_mask_is_said_to_be_one()
    {
        await File.WriteAllBytesAsync(_folder["slide.tif"], Phantom.Value);
        await File.WriteAllTextAsync(_folder["slide.geojson"], """{ "type": "FeatureCollection", "features": [] }""");
        var reason = Assert.IsType<Outcome.Rejected>(await Run(_folder["slide.tif"], new SlideSettings { MaskFile = _folder["slide.geojson"] })).Reason;
        Assert.Equal("no-tissue", reason.Code);
        Assert.Contains("the outlines in " + _folder["slide.geojson"], reason.Sentence, StringComparison.Ordinal);
    }

    // A green line across the tissue, as wide as half a tile.
    [Fact]
    public async Task Tiles_that_a_pen_touches_are_counted_and_dropped()
    {
        await File.WriteAllBytesAsync(_folder["phantom.tif"], Phantom.Value);
        using (var clean = NetVips.Image.NewFromFile(_folder["phantom.tif"]))
        using (var marked = clean.Mutate(image => image.DrawRect([30, 130, 60], 0, 1400, clean.Width, 112, fill: true)))
        {
            marked.Tiffsave(_folder["slide.tif"], compression: NetVips.Enums.ForeignTiffCompression.Jpeg, q: 90, tile: true, tileWidth: 256, tileHeight: 256, pyramid: true, xres: 2000, yres: 2000, resunit: NetVips.Enums.ForeignTiffResunit.Cm);
        }

        await Run(_folder["slide.tif"], new SlideSettings { MaxSequences = 0 }, _folder["tiles.csv"]);
        var manifest = Store.ReadManifest<TileFrame, SlideSource>(Item);
        Assert.Equal(15, manifest.Source.Counts.Artefact); // the row of tiles from 1344 to 1568
        Assert.DoesNotContain(manifest.Sequences.SelectMany(sequence => sequence.Frames), frame => frame.Y == 1344);
        Assert.Equal(15, (await File.ReadAllLinesAsync(_folder["tiles.csv"])).Count(row => row.Contains(",artefact,", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_slide_too_coarse_is_told_both_sides_and_drawn()
    {
        await File.WriteAllBytesAsync(_folder["slide.tif"], Phantom.Value);
        var reason = Assert.IsType<Outcome.Rejected>(await Run(_folder["slide.tif"], new SlideSettings { KnownMpp = new SlideMpp(0.5, 4) })).Reason;
        Assert.Equal("too-coarse", reason.Code);
        Assert.Contains("scanned at 0.5 x 4 µm per pixel; for 0.5 µm it would be enlarged 8 times", reason.Sentence, StringComparison.Ordinal);
        Assert.True(File.Exists(Store.Picture(Item)));
    }

    [Fact]
    public async Task Too_few_tiles_are_rejected_with_counts()
    {
        await File.WriteAllBytesAsync(_folder["slide.tif"], Phantom.Value);
        var reason = Assert.IsType<Outcome.Rejected>(await Run(_folder["slide.tif"], new SlideSettings { Filter = new TileFilterSettings { MinNuclear = 0.9 } })).Reason;
        Assert.Equal("too-few-tiles", reason.Code);
        Assert.Contains("has 0 usable tiles", reason.Sentence, StringComparison.Ordinal);
        Assert.True(File.Exists(Store.Picture(Item)));
        var numbers = Store.Source(Item)!;
        Assert.Equal((195, 0, 0.5), (numbers.Counts.Grid, numbers.Counts.Kept, numbers.MppX));
        Assert.True(numbers.Counts.CellSparse > 0);
    }

    protected override void AfterAll()
    {
        Shutdown(); // nothing writes into the folder once the actors have ended
        base.AfterAll();
        _folder.Dispose();
    }

    private Task<Outcome> Run(string path, SlideSettings settings, string? tilesCsv = null)
    {
        var job = new Job(Item, ItemKind.Slide, "p1", [path], 1);
        return (tilesCsv is null ? SlideStream.Process(job, settings, Store) : SlideStream.Tile(job, settings, Store, tilesCsv)).Run(Sys.Materializer());
    }

    private static async Task WriteDamaged(string path, double from, double to)
    {
        byte[] bytes = [.. Phantom.Value];
        bytes.AsSpan((int)(from * bytes.Length)..(int)(to * bytes.Length)).Clear();
        await File.WriteAllBytesAsync(path, bytes);
    }

    private NpyArray<byte> Read(string file)
    {
        using var stream = File.OpenRead(Path.Combine(Store.Folder(Item), file));
        return Npy.Read<byte>(stream);
    }
}
