using MhdNet.Host.Batch;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Ledger;
using MhdNet.Tiling.Slides;
using MhdNet.Tiling.Tiles;

namespace MhdNet.Host.Tests.Batch;

public sealed class BatchEntryTests : IDisposable
{
    private static readonly SlideSettings Settings = new();

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_slide_that_was_renamed_keeps_its_item_and_one_that_was_replaced_is_another_content_of_the_same()
    {
        var first = Enter("a.svs", "pixels");
        File.Move(_folder["a.svs"], _folder["moved.svs"]);
        var moved = Entry(Done(first)).Enter(_folder["moved.svs"], Settings, out _);
        Assert.Equal((first.Item, first.Content), (moved.Item, moved.Content));
        var replaced = Enter("a.svs", "others");
        Assert.Equal(first.Item, replaced.Item);
        Assert.NotEqual(first.Content, replaced.Content);
        Assert.Equal(ItemState.Ready, LedgerRules.Observe(Done(first), BatchEntry.Observation(replaced), DateTimeOffset.UnixEpoch)[^1].State);
        Assert.Empty(LedgerRules.Observe(Done(first), BatchEntry.Observation(first), DateTimeOffset.UnixEpoch));
    }

    [Fact]
    public void Other_settings_are_other_content_but_for_those_that_change_no_pixel()
    {
        var usual = Enter("a.svs", "pixels");
        Assert.NotEqual(usual.Content, Entry().Enter(_folder["a.svs"], Settings with { TargetMpp = 0.25 }, out _).Content);
        Assert.Equal(usual.Content, Entry().Enter(_folder["a.svs"], Settings with { Readers = 7, MaskOutFile = "/x" }, out _).Content);
    }

    [Fact]
    public void The_same_slide_twice_is_taken_once()
    {
        File.WriteAllText(_folder["a.svs"], "pixels");
        File.WriteAllText(_folder["copy.svs"], "pixels");
        var entry = Entry();
        var slide = entry.Enter(_folder["a.svs"], Settings, out var none);
        Assert.Null(none);
        Assert.Equal(slide.Item, entry.Enter(_folder["copy.svs"], Settings, out var sameAs).Item);
        Assert.Equal(_folder["a.svs"], sameAs);
    }

    [Fact]
    public void A_mask_counts_with_what_is_in_its_file()
    {
        File.WriteAllText(_folder["m.geojson"], "one");
        var one = Enter("a.svs", "pixels", Settings with { MaskFile = _folder["m.geojson"] });
        File.WriteAllText(_folder["m.geojson"], "two");
        Assert.NotEqual(one.Content, Enter("a.svs", "pixels", Settings with { MaskFile = _folder["m.geojson"] }).Content);
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_quarantined_by_name()
    {
        var slide = Entry().Enter(_folder["gone.svs"], Settings, out _);
        var rows = LedgerRules.Observe(null, BatchEntry.Observation(slide), DateTimeOffset.UnixEpoch);
        Assert.Equal((ItemState.Quarantined, "missing-file"), (rows[^1].State, rows[^1].Reason!.Code));
    }

    // Slides that tell their resolution are most; a default for the others is no reason to tile them anew.
    [Theory]
    [InlineData(ResolutionOrigin.Scanner, 0.5, 0.25, false)]
    [InlineData(ResolutionOrigin.Scanner, null, 0.5, false)]
    [InlineData(ResolutionOrigin.Settings, 0.5, 0.5, false)]
    [InlineData(ResolutionOrigin.Settings, 0.5, 0.25, true)]
    [InlineData(ResolutionOrigin.Settings, 0.5, null, false)]
    public void Another_default_resolution_is_other_content_of_slides_that_were_tiled_with_the_default(ResolutionOrigin origin, double? before, double? now, bool anew)
    {
        var first = Enter("a.svs", "pixels", Settings with { DefaultMpp = before });
        var second = Entry(Done(first), origin).Enter(_folder["a.svs"], Settings with { DefaultMpp = now }, out _);
        Assert.Equal(first.Item, second.Item);
        Assert.Equal(anew, first.Content != second.Content);
    }

    [Fact]
    public void A_slide_of_unknown_resolution_is_taken_again_once_there_is_a_default()
    {
        var first = Enter("a.svs", "pixels");
        var rejected = Done(first) with { State = ItemState.Rejected, Reason = new Reason("unknown-mpp", "…") };
        Assert.Equal(first.Content, Entry(rejected).Enter(_folder["a.svs"], Settings, out _).Content);
        Assert.NotEqual(first.Content, Entry(rejected).Enter(_folder["a.svs"], Settings with { DefaultMpp = 0.5 }, out _).Content);
    }

    [Fact]
    public void A_slide_that_is_gone_stays_done()
    {
        var first = Enter("a.svs", "pixels");
        File.Delete(_folder["a.svs"]);
        var gone = Entry(Done(first)).Enter(_folder["a.svs"], Settings, out _);
        Assert.Equal((first.Item, first.Content, null), (gone.Item, gone.Content, gone.Unreadable));
    }

    public void Dispose() => _folder.Dispose();

    private static BatchEntry Entry(ItemRecord? known = null, ResolutionOrigin origin = ResolutionOrigin.Scanner) => new(known is null ? [] : [known], _ => Source(origin));

    private static SlideSource Source(ResolutionOrigin origin) => new(
        1000, 1000, 0.5, 0.5, origin, "aperio", 0.5, new TileGrid(224, 224, 224, 4, 4, 0, 224, 224), 8, 14, null, 0.5, new TileFilterSettings(), RemainderPolicy.Drop, 16,
        new TileCounts(0, 0, 0, 0, 0, 0, 0, 0, 16, 0), 0, 1, "openslide", null);

    private static ItemRecord Done(BatchSlide slide) => new(slide.Item, ItemKind.Slide, slide.Name, slide.Path, ItemState.Done) { Content = slide.Content, Sequences = 1 };

    private BatchSlide Enter(string name, string text, SlideSettings? settings = null)
    {
        File.WriteAllText(_folder[name], text);
        return Entry().Enter(_folder[name], settings ?? Settings, out _);
    }
}
