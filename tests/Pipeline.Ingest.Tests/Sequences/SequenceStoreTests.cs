using MhdNet.Ingest.Items;
using MhdNet.Ingest.Sequences;

namespace MhdNet.Ingest.Tests.Sequences;

public sealed class SequenceStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ItemId _item = ItemId.OfSeries("patient 1", "1.2.3");

    private SequenceStore Store => new(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_committed_item_is_read_back_and_nothing_else_is_left()
    {
        Write(sequences: 2);
        Assert.True(Store.Contains(_item));
        var manifest = Store.ReadManifest<CtFrame, string>(_item);
        Assert.Equal(("patient 1", ItemKind.Ct, "source", 2), (manifest.Patient, manifest.Kind, manifest.Source, manifest.Sequences.Count));
        Assert.Equal(new CtFrame(3.5, -12.25), Assert.Single(manifest.Sequences[1].Frames));
        using var array = File.OpenRead(Path.Combine(Store.Folder(_item), manifest.Sequences[1].File));
        Assert.Equal([1, 1, 1, 1], Npy.Read<short>(array).Data);
        Assert.Equal([1, 2, 3], File.ReadAllBytes(Store.Picture(_item)));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder["staging"]));
    }

    [Fact]
    public void A_second_commit_replaces_the_first()
    {
        Write(sequences: 3);
        Write(sequences: 1);
        Assert.Equal(["000.npy", "manifest.json"], Directory.EnumerateFiles(Store.Folder(_item)).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void Without_a_commit_nothing_is_left_and_the_older_version_stays()
    {
        Write(sequences: 3);
        using (var writer = Store.Stage(_item))
        {
            writer.Add<short>([[9]], 1);
        }

        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder["staging"]));
        Assert.Equal(3, Store.ReadManifest<CtFrame, string>(_item).Sequences.Count);
    }

    [Fact]
    public void What_a_dead_attempt_left_is_not_committed_with_the_next()
    {
        Directory.CreateDirectory(_folder[$"staging/{_item}"]);
        File.WriteAllText(_folder[$"staging/{_item}/007.npy"], "left over");
        Write(sequences: 1);
        Assert.Equal(["000.npy", "manifest.json"], Directory.EnumerateFiles(Store.Folder(_item)).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void A_damaged_manifest_is_named_and_removal_is_complete()
    {
        Write(sequences: 1);
        var path = Path.Combine(Store.Folder(_item), "manifest.json");
        File.WriteAllText(path, File.ReadAllText(path)[..^10]);
        Assert.Contains(path, Assert.Throws<InvalidDataException>(() => Store.ReadManifest<CtFrame, string>(_item)).Message, StringComparison.Ordinal);
        Store.Remove(_item);
        Assert.False(Store.Contains(_item) || File.Exists(Store.Picture(_item)));
        Store.Remove(_item);
    }

    private void Write(int sequences)
    {
        using var writer = Store.Stage(_item);
        var entries = Enumerable.Range(0, sequences).Select(n =>
            new SequenceEntry<CtFrame>(writer.Add<short>([[(short)n, (short)n, (short)n, (short)n]], 1, 2, 2), [new CtFrame(3.5, -12.25)])).ToList();
        writer.AddPicture([1, 2, 3]);
        writer.Commit(new Manifest<CtFrame, string>(_item.Value, ItemKind.Ct, "patient 1", Software.Name, entries, "source"));
    }
}
