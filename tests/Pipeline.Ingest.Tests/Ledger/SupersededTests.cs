using MhdNet.Ingest.Drop;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Ledger;
using MhdNet.Ingest.Sequences;

namespace MhdNet.Ingest.Tests.Ledger;

/// <summary>A host whose work folder another has opened meanwhile: its lock went, as it does on a share from which a machine is cut off.</summary>
public sealed class SupersededTests : ActorTest
{
    private static readonly ItemId Item = ItemId.OfSlide("p", "a");
    private readonly TemporaryFolder _folder = new();
    private readonly ManualClock _clock = new();

    private string Work => _folder["work"];

    protected override void AfterAll()
    {
        base.AfterAll();
        _folder.Dispose();
    }

    [Fact]
    public void Its_ledger_takes_nothing_any_more_and_the_other_s_does()
    {
        using var cutOff = WorkFolder.Open(Work, _clock, out _);
        using var late = LedgerFile.Open(cutOff.LedgerPath, cutOff.Mark);
        late.Write(Row(ItemState.Ready));
        using var next = TakeOver();
        using var ledger = LedgerFile.Open(next.LedgerPath, next.Mark);
        Assert.Throws<SupersededException>(() => late.Write(Row(ItemState.Running)));
        Assert.Throws<SupersededException>(() => late.Write(new RunRecord("run-1", _clock.GetUtcNow(), null, "running", null, 0, null)));
        Assert.Equal(ItemState.Ready, ledger.Item(Item)!.State);
        Assert.Empty(ledger.Runs());
        ledger.Write(Row(ItemState.Running)); // and no lock was left behind
    }

    [Fact]
    public void Its_ledger_s_actor_gives_out_no_job_and_says_why()
    {
        using var cutOff = WorkFolder.Open(Work, _clock, out _);
        var actor = Sys.ActorOf(LedgerActor.Props(cutOff.LedgerPath, new DropNames("/drop"), LedgerSettings.Default, _clock, cutOff.Store, mark: cutOff.Mark));
        actor.Tell(new TakeReady(1), TestActor);
        ExpectMsg<Jobs>();
        using var next = TakeOver();
        var heard = CreateTestProbe();
        Sys.EventStream.Subscribe(heard, typeof(Superseded));
        actor.Tell(new TakeReady(1), TestActor);
        Assert.Equal("superseded", ExpectMsg<LedgerFailed>().Reason.Code);
        Assert.Contains("Another host has taken over", heard.ExpectMsg<Superseded>().Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void What_its_workers_still_make_does_not_become_visible_and_does_not_mix_with_what_others_make()
    {
        using var cutOff = WorkFolder.Open(Work, _clock, out _);
        using var late = cutOff.Store.Stage(Item);
        var first = late.Add<byte>([[1, 2, 3]], 3);
        using var next = TakeOver();
        using (var writer = next.Store.Stage(Item))
        {
            Assert.Throws<DirectoryNotFoundException>(() => late.Add<byte>([[9, 9, 9]], 3));
            writer.Commit(Manifest(writer.Add<byte>([[4, 5, 6]], 3)));
        }

        var before = next.Store.ManifestHash(Item);
        Assert.Throws<SupersededException>(() => cutOff.Store.Stage(Item));
        Assert.Equal("000.npy", first);
        Assert.Equal(before, next.Store.ManifestHash(Item));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(Work, "staging")));
    }

    [Fact]
    public void What_was_whole_when_another_took_over_does_not_become_visible()
    {
        using var cutOff = WorkFolder.Open(Work, _clock, out _);
        using var writer = cutOff.Store.Stage(Item);
        var manifest = Manifest(writer.Add<byte>([[1, 2, 3]], 3));
        File.WriteAllText(Path.Combine(Work, ".mark"), "another");
        Assert.Throws<SupersededException>(() => writer.Commit(manifest));
        Assert.False(cutOff.Store.Contains(Item));
    }

    [Fact]
    public void A_folder_that_is_opened_again_by_its_own_host_is_its_own()
    {
        using (WorkFolder.Open(Work, _clock, out _))
        {
        }

        using var again = WorkFolder.Open(Work, _clock, out _);
        Assert.True(again.Mark.IsCurrent());
        Assert.Equal(again.Mark.Word, HostMark.Of(Work).Word);
    }

    [Fact]
    public void A_work_folder_that_is_away_has_no_other_host()
    {
        using var host = WorkFolder.Open(Work, _clock, out _);
        File.Move(Path.Combine(Work, ".mark"), Path.Combine(Work, "away"));
        Assert.Contains("is not there (is the work folder's share or disk mounted?)", Assert.Throws<FileNotFoundException>(host.Mark.RequireCurrent).Message, StringComparison.Ordinal);
        File.Move(Path.Combine(Work, "away"), Path.Combine(Work, ".mark"));
        host.Mark.RequireCurrent();
    }

    private WorkFolder TakeOver()
    {
        File.Delete(Path.Combine(Work, ".lock")); // the first host's lock is on a file that nobody else sees any more
        return WorkFolder.Open(Work, _clock, out _);
    }

    private ItemRecord Row(ItemState state) => new(Item, ItemKind.Slide, "p", "p/a", state) { UpdatedAt = _clock.GetUtcNow(), Content = "c" };

    private static Manifest<TileFrame, string> Manifest(string file) => new(Item.Value, ItemKind.Slide, "p", Software.Name, [new SequenceEntry<TileFrame>(file, [new TileFrame(0, 0, 224, 1)])], "source");
}
