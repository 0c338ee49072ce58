using MhdNet.Ingest.Items;
using MhdNet.Ingest.Ledger;
using MhdNet.Ingest.Tests.Ledger;
using MhdNet.Ingest.Verification;

namespace MhdNet.Ingest.Tests.Verification;

public sealed class VerifierTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualClock _clock = new();
    private readonly WorkFolder _work;
    private readonly LedgerFile _ledger;
    private readonly ItemRecord _item;

    public VerifierTests()
    {
        _work = WorkFolder.Open(_folder["work"], _clock, out _);
        _ledger = LedgerFile.Open(_work.LedgerPath);
        _item = StoredItem.Put(_work, _ledger, "p", "a.svs", _clock.GetUtcNow());
        StoredItem.Put(_work, _ledger, "p", "b.svs", _clock.GetUtcNow(), sequences: 3);
    }

    private string Folder => _work.Store.Folder(_item.Id);

    public void Dispose()
    {
        _ledger.Dispose();
        _work.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void What_a_host_left_is_as_the_ledger_has_it()
    {
        var report = Verify();
        Assert.Equal((2, 5, 0), (report.Items, report.Sequences, report.Unhashed));
        Assert.Empty(report.Faults);
        Assert.Equal(Directory.EnumerateFiles(_work.FullPath, "*.npy", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length), report.Bytes);
    }

    [Fact]
    public void One_changed_byte_is_found()
    {
        using (var file = File.OpenWrite(Path.Combine(Folder, "001.npy")))
        {
            file.Position = file.Length - 1;
            file.WriteByte(77);
        }

        var fault = Assert.Single(Verify().Faults);
        Assert.Equal((_item.Id.Value, "altered"), (fault.Item, fault.Code));
        Assert.Contains("001.npy", fault.Sentence, StringComparison.Ordinal);
        Assert.Contains($"mhdnet retry {_item.Id}", fault.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_sequence_a_missing_manifest_and_a_stray_file_are_found()
    {
        File.Move(Path.Combine(Folder, "000.npy"), Path.Combine(Folder, "999.npy"));
        Assert.Equal(["missing", "orphan"], Verify().Faults.Select(fault => fault.Code));
        File.Delete(Path.Combine(Folder, "manifest.json"));
        Assert.Equal("missing", Assert.Single(Verify().Faults).Code);
    }

    [Fact]
    public void A_manifest_that_was_changed_with_its_sequences_does_not_pass()
    {
        Directory.Delete(Folder, recursive: true);
        StoredItem.Commit(_work.Store, _item.Id, "q", sequences: 2);
        Assert.Contains("manifest.json is not the one", Assert.Single(Verify().Faults).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void An_item_of_an_older_version_is_compared_by_names_and_numbers()
    {
        _ledger.Write(_item with { Manifest = null });
        var manifest = Path.Combine(Folder, "manifest.json");
        File.WriteAllText(manifest, System.Text.RegularExpressions.Regex.Replace(File.ReadAllText(manifest), ",\\s*\"xxh128\": \"[0-9a-f]+\"", ""));
        var report = Verify();
        Assert.Equal((1, 0), (report.Unhashed, report.Faults.Count));
        _ledger.Write(_item with { Manifest = null, Sequences = 7 });
        Assert.Equal("altered", Assert.Single(Verify().Faults).Code);
    }

    [Fact]
    public void What_is_no_items_is_found_and_what_waits_to_be_replaced_is_none()
    {
        Directory.CreateDirectory(Path.Combine(_work.FullPath, "sequences", "theirs"));
        Directory.CreateDirectory(Path.Combine(_work.FullPath, "staging", "half"));
        File.WriteAllText(Path.Combine(_work.FullPath, "quality", "theirs.jpg"), "");
        _ledger.Write(_item with { State = ItemState.Seen, Sequences = 0, Manifest = null });
        Assert.Equal(["orphan", "orphan", "unfinished"], Verify().Faults.Select(fault => fault.Code));
        Assert.Equal(["orphan", "orphan"], Verify(hostRuns: true).Faults.Select(fault => fault.Code));
        _ledger.Write(_item with { State = ItemState.Rejected, Reason = new Reason("no-tissue", "x"), Sequences = 0, Manifest = null });
        Assert.Contains(Verify().Faults, fault => (fault.Item, fault.Code) == (_item.Id.Value, "outdated"));
    }

    private VerifyReport Verify(bool hostRuns = false)
    {
        using var reader = LedgerReader.Open(_work.LedgerPath);
        return new Verifier(reader, _work.Store, hostRuns).Run(CancellationToken.None);
    }
}
