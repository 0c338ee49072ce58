using MhdNet.Host.Batch;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Ledger;
using MhdNet.Tiling.Slides;

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
        var moved = new BatchEntry([Done(first)]).Enter(_folder["moved.svs"], Settings, out _);
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
        Assert.NotEqual(usual.Content, new BatchEntry([]).Enter(_folder["a.svs"], Settings with { TargetMpp = 0.25 }, out _).Content);
        Assert.Equal(usual.Content, new BatchEntry([]).Enter(_folder["a.svs"], Settings with { Readers = 7, MaskOutFile = "/x" }, out _).Content);
    }

    [Fact]
    public void The_same_slide_twice_is_taken_once()
    {
        File.WriteAllText(_folder["a.svs"], "pixels");
        File.WriteAllText(_folder["copy.svs"], "pixels");
        var entry = new BatchEntry([]);
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
        var slide = new BatchEntry([]).Enter(_folder["gone.svs"], Settings, out _);
        var rows = LedgerRules.Observe(null, BatchEntry.Observation(slide), DateTimeOffset.UnixEpoch);
        Assert.Equal((ItemState.Quarantined, "unreadable-file"), (rows[^1].State, rows[^1].Reason!.Code));
    }

    public void Dispose() => _folder.Dispose();

    private static ItemRecord Done(BatchSlide slide) => new(slide.Item, ItemKind.Slide, slide.Name, slide.Path, ItemState.Done) { Content = slide.Content, Sequences = 1 };

    private BatchSlide Enter(string name, string text, SlideSettings? settings = null)
    {
        File.WriteAllText(_folder[name], text);
        return new BatchEntry([]).Enter(_folder[name], settings ?? Settings, out _);
    }
}
