using System.Text.Json;
using MhdNet.Ingest.Forgetting;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Sequences;

namespace MhdNet.Ingest.Ledger;

/// <summary>What had to be set right between the ledger and the disk when a work folder was opened.</summary>
/// <param name="HandedBack">Items that were running when the program ended, and are ready again.</param>
/// <param name="Lost">Items that were done, but whose sequences are not in the store.</param>
/// <param name="Removed">Items that are not done, whose sequences were removed from the store: made from files that have changed, or not yet entered.</param>
/// <param name="Adopted">Whole sequences in the store that the ledger did not know (it was lost, or is from a backup); entered as done.</param>
/// <param name="Foreign">Folders in the store that are no item's; left alone.</param>
public sealed record Reconciliation(
    IReadOnlyList<ItemId> HandedBack, IReadOnlyList<ItemId> Lost, IReadOnlyList<ItemId> Removed, IReadOnlyList<ItemId> Adopted, IReadOnlyList<string> Foreign)
{
    /// <summary>What is said of an item that was suspect already when its host ended without a word; of others that means nothing.</summary>
    private static readonly MachineLoss HostLoss = new("the host ended without order", TimeSpan.Zero);

    /// <summary>Brings a ledger and a store into agreement. To be called before anything else uses them.</summary>
    public static Reconciliation Run(LedgerFile ledger, SequenceStore store, DateTimeOffset now)
    {
        ClearStaging(store);
        ledger.Items().Where(item => item.Reason?.Code != LedgerRules.Forgotten).Select(item => item.Patient).Distinct().Where(ledger.Forgotten.Contains).ToList()
            .ForEach(patient => PatientEraser.Run(ledger, store, patient, now)); // the program was killed meanwhile
        ledger.Forgotten.FinishErasing();
        var items = ledger.Items().ToDictionary(item => item.Id);
        var handedBack = items.Values.Where(item => item.State == ItemState.Running).ToList();
        var lost = items.Values.Where(item => item.State == ItemState.Done && SequencesIn(store, item.Id) < Math.Max(1, item.Sequences)).ToList();
        var present = Directory.EnumerateDirectories(Path.Combine(store.WorkFolder, "sequences")).Select(path => new ItemId(Path.GetFileName(path))).ToList();
        var unknown = present.Where(id => !items.ContainsKey(id)).ToList();
        var adopted = unknown.Select(id => Read(store, id, now)).OfType<ItemRecord>().ToList();
        foreach (var late in adopted.Where(item => ledger.Forgotten.Contains(item.Patient)).ToList())
        {
            store.Erase(late.Id); // a worker brought it when its patient was forgotten already
            adopted.Remove(late);
            unknown.Remove(late.Id);
        }

        var removed = present.Where(id => items.TryGetValue(id, out var item) && (item.State != ItemState.Done || lost.Contains(item))).ToList();
        removed.ForEach(id => Directory.Delete(store.Folder(id), recursive: true)); // not the picture: it may tell why the item is rejected
        ledger.Write(
        [
            .. handedBack.SelectMany(item => item.Losses == 0 ? LedgerRules.HandBack(item, now) : MachineLossRules.Suspect(item, HostLoss, now, LedgerSettings.Default)),
            .. lost.SelectMany(item => LedgerRules.Lose(item, now)),
            .. adopted,
        ]);
        return new Reconciliation(Ids(handedBack), Ids(lost), removed, Ids(adopted), [.. unknown.Except(Ids(adopted)).Select(store.Folder)]);
    }

    private static ItemId[] Ids(List<ItemRecord> items) => [.. items.Select(item => item.Id)];

    private static void ClearStaging(SequenceStore store)
    {
        var staging = Path.Combine(store.WorkFolder, "staging");
        foreach (var folder in Directory.EnumerateDirectories(staging))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static int SequencesIn(SequenceStore store, ItemId item) =>
        store.Contains(item) ? Directory.EnumerateFiles(store.Folder(item), "*.npy").Count() : 0;

    /// <summary>An item of sequences that the ledger does not know; null where they are not whole.</summary>
    private static ItemRecord? Read(SequenceStore store, ItemId id, DateTimeOffset now)
    {
        if (!store.Contains(id))
        {
            return null;
        }

        Manifest<JsonElement, JsonElement> manifest;
        try
        {
            manifest = store.ReadManifest<JsonElement, JsonElement>(id);
        }
        catch (InvalidDataException)
        {
            return null; // no sequences of this program; reported as foreign
        }

        var whole = manifest.Item == id.Value && manifest.Sequences is { Count: > 0 }
            && manifest.Sequences.All(sequence => File.Exists(Path.Combine(store.Folder(id), sequence.File)));
        return !whole ? null : new ItemRecord(id, manifest.Kind, manifest.Patient, "", ItemState.Done)
        {
            Sequences = manifest.Sequences.Count,
            Manifest = store.ManifestHash(id),
            Note = "found in the store without a row in the ledger",
            UpdatedAt = now,
        };
    }
}
