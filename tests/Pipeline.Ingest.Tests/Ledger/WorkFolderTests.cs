using System.Text.Json;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Ledger;
using MhdNet.Ingest.Sequences;

namespace MhdNet.Ingest.Tests.Ledger;

public sealed class WorkFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualClock _clock = new();

    private string Work => _folder["work"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Two_hosts_cannot_share_one()
    {
        Assert.False(WorkFolder.IsInUse(Work));
        using (WorkFolder.Open(Work, _clock, out _))
        {
            Assert.True(WorkFolder.IsInUse(Work));
            var e = Assert.Throws<WorkFolderException>(() => WorkFolder.Open(Work, _clock, out _));
            Assert.Contains("in use by another", e.Message, StringComparison.Ordinal);
            Assert.Contains(Work, e.Message, StringComparison.Ordinal);
        }

        Assert.False(WorkFolder.IsInUse(Work));
        using var again = WorkFolder.Open(Work, _clock, out _);
        Assert.True(File.Exists(again.LedgerPath));
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_named()
    {
        File.WriteAllText(Work, "a file stands here");
        Assert.Contains(Work, Assert.Throws<WorkFolderException>(() => WorkFolder.Open(Work, _clock, out _)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ledger_and_disk_agree_after_a_crash()
    {
        var (running, done, lost, ready, stray) = (Id("running"), Id("done"), Id("lost"), Id("ready"), Id("stray"));
        using (var work = WorkFolder.Open(Work, _clock, out _))
        using (var ledger = LedgerFile.Open(work.LedgerPath))
        {
            ledger.Write(
                Row(running, ItemState.Running) with { Attempts = 1 },
                Row(done, ItemState.Done) with { Sequences = 2 },
                Row(lost, ItemState.Done) with { Sequences = 2 },
                Row(ready, ItemState.Ready));
            foreach (var id in new[] { running, done, lost, ready, stray })
            {
                Commit(work.Store, id, sequences: 2);
            }

            File.Delete(Path.Combine(work.Store.Folder(lost), "001.npy"));
            Directory.CreateDirectory(Path.Combine(Work, "sequences", "theirs"));
            File.WriteAllText(Path.Combine(Work, "staging", "x"), "");
            Directory.CreateDirectory(Path.Combine(Work, "staging", "half"));
            File.WriteAllText(Path.Combine(Work, "staging", "half", "000.npy"), "");
        }

        using (var work = WorkFolder.Open(Work, _clock, out var found))
        using (var ledger = LedgerReader.Open(work.LedgerPath))
        {
            Assert.Equal([running], found.HandedBack);
            Assert.Equal([lost], found.Lost);
            Assert.Equal([stray], found.Adopted);
            Assert.Equal(Path.Combine(Work, "sequences", "theirs"), Assert.Single(found.Foreign));
            Assert.Equal(new[] { running, lost, ready }.OrderBy(id => id.Value), found.Removed.OrderBy(id => id.Value));
            Assert.Equal((ItemState.Ready, 0), (ledger.Item(running)!.State, ledger.Item(running)!.Attempts));
            Assert.Equal(ItemState.Ready, ledger.Item(lost)!.State);
            Assert.Equal((ItemState.Done, 2), (ledger.Item(stray)!.State, ledger.Item(stray)!.Sequences));
            Assert.True(work.Store.Contains(done) && work.Store.Contains(stray));
            Assert.False(work.Store.Contains(ready) || work.Store.Contains(running) || work.Store.Contains(lost));
            Assert.False(Directory.Exists(Path.Combine(Work, "staging", "half")));
        }

        using var third = WorkFolder.Open(Work, _clock, out var nothing);
        Assert.Equal((0, 0, 0, 0), (nothing.HandedBack.Count, nothing.Lost.Count, nothing.Removed.Count, nothing.Adopted.Count));
    }

    [Fact]
    public void The_status_report_has_all_names_in_lower_case_also_without_values()
    {
        using var work = WorkFolder.Open(Work, _clock, out _);
        using (var ledger = LedgerFile.Open(work.LedgerPath))
        {
            ledger.Write(Row(Id("a"), ItemState.Rejected) with { Reason = new Reason("no-tissue", "0.1 % of p/a is tissue") }, Row(Id("b"), ItemState.Ready));
            ledger.Write(new RunRecord("run-1", _clock.GetUtcNow(), null, "running", null, 0, null));
        }

        using var reader = LedgerReader.Open(work.LedgerPath);
        var report = StatusReport.Of(reader);
        using (var withoutHost = JsonDocument.Parse(report.ToJson()))
        {
            Assert.Equal(JsonValueKind.Null, withoutHost.RootElement.GetProperty("host").ValueKind);
        }

        using var json = JsonDocument.Parse((report with { Host = new StatusReport.HostProcess(7, "training", "training run-1", null, _clock.GetUtcNow()) }).ToJson());
        Assert.Equal("training", json.RootElement.GetProperty("host").GetProperty("activity").GetString());
        var (first, second) = (json.RootElement.GetProperty("items")[0], json.RootElement.GetProperty("items")[1]);
        Assert.Equal("no-tissue: 0.1 % of p/a is tissue", first.GetProperty("reason").GetString());
        Assert.Equal(("slide", "rejected", "p"), (first.GetProperty("kind").GetString(), first.GetProperty("state").GetString(), first.GetProperty("patient").GetString()));
        Assert.Equal(JsonValueKind.Null, second.GetProperty("reason").ValueKind);
        Assert.Equal(0, second.GetProperty("attempts").GetInt32());
        Assert.Equal("p/b", second.GetProperty("path").GetString());
        Assert.Equal("run-1", json.RootElement.GetProperty("runs")[0].GetProperty("id").GetString());
        Assert.Equal(1, json.RootElement.GetProperty("counts").GetProperty("rejected").GetInt32());
    }

    private static ItemId Id(string name) => ItemId.OfSlide("p", name);

    private ItemRecord Row(ItemId id, ItemState state) => new(id, ItemKind.Slide, "p", id == Id("a") ? "p/a" : "p/b", state) { UpdatedAt = _clock.GetUtcNow(), Content = "c" };

    private static void Commit(SequenceStore store, ItemId id, int sequences)
    {
        using var writer = store.Stage(id);
        var entries = Enumerable.Range(0, sequences).Select(_ => new SequenceEntry<TileFrame>(writer.Add<byte>([[1, 2, 3]], 3), [new TileFrame(0, 0, 224, 1)])).ToList();
        writer.Commit(new Manifest<TileFrame, string>(id.Value, ItemKind.Slide, "p", Software.Name, entries, "source"));
    }
}
