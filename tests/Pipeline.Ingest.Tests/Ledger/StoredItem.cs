using MhdNet.Ingest.Items;
using MhdNet.Ingest.Ledger;
using MhdNet.Ingest.Sequences;

namespace MhdNet.Ingest.Tests.Ledger;

/// <summary>A finished slide in store and ledger, as a host leaves it.</summary>
internal static class StoredItem
{
    public static ItemRecord Put(WorkFolder work, LedgerFile ledger, string patient, string name, DateTimeOffset now, int sequences = 2)
    {
        var id = ItemId.OfSlide(patient, $"{patient}/{name}");
        Commit(work.Store, id, patient, sequences);
        var row = new ItemRecord(id, ItemKind.Slide, patient, $"{patient}/{name}", ItemState.Seen) { UpdatedAt = now, Content = "c" };
        var done = row with { State = ItemState.Done, Sequences = sequences, Manifest = work.Store.ManifestHash(id) };
        ledger.Write(row, row with { State = ItemState.Ready }, row with { State = ItemState.Running }, done);
        return done;
    }

    public static void Commit(SequenceStore store, ItemId id, string patient, int sequences)
    {
        using var writer = store.Stage(id);
        var entries = Enumerable.Range(0, sequences).Select(i => new SequenceEntry<TileFrame>(writer.Add<byte>([[1, 2, (byte)i]], 3), [new TileFrame(0, 0, 224, 1)])).ToList();
        writer.AddPicture([1]);
        writer.Commit(new Manifest<TileFrame, string>(id.Value, ItemKind.Slide, patient, Software.Name, entries, "source"));
    }
}
