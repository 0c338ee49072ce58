using MhdNet.Ingest.Items;
using MhdNet.Ingest.Ledger;
using MhdNet.Ingest.Sequences;

namespace MhdNet.Ingest.Verification;

/// <summary>Compares a ledger with the disk. Reads only; a host may work meanwhile: what changes under the comparison is no fault.</summary>
/// <param name="ledger">The ledger.</param>
/// <param name="store">The store.</param>
/// <param name="hostRuns">Whether a host works on the folder: what is being staged is then its own.</param>
public sealed class Verifier(LedgerReader ledger, SequenceStore store, bool hostRuns)
{
    /// <summary>Reads everything.</summary>
    /// <exception cref="IOException">A file is there and cannot be read.</exception>
    public VerifyReport Run(CancellationToken stop)
    {
        var items = ledger.Items();
        var faults = new List<Fault>(ledger.Damage().Select(line => new Fault("ledger.db", "damaged", $"ledger.db: {line}. Stop the host and restore it from a backup, or move it away: the next start enters what is in the store.")));
        var (done, sequences, bytes, unhashed) = (0, 0, 0L, 0);
        foreach (var item in items.Where(item => item.State == ItemState.Done))
        {
            stop.ThrowIfCancellationRequested();
            if (Check(item) is not { } check)
            {
                continue;
            }

            faults.AddRange(check.Faults);
            (done, sequences, bytes, unhashed) = (done + 1, sequences + check.Sequences, bytes + check.Bytes, unhashed + (check.Unhashed ? 1 : 0));
        }

        faults.AddRange(Leftovers());
        return new VerifyReport(done, sequences, bytes, unhashed, faults);
    }

    /// <summary>Null where the item was taken up again since the list was read.</summary>
    private ItemCheck? Check(ItemRecord item)
    {
        try
        {
            var check = ItemCheck.Of(item, store);
            return check.Faults.Count > 0 && ledger.Item(item.Id) != item ? null : check;
        }
        catch (IOException) when (ledger.Item(item.Id) != item)
        {
            return null;
        }
    }

    /// <summary>What lies in the work folder and is no item's. What was made of an item's earlier form stays until the new one is read, and is no leftover.</summary>
    private IEnumerable<Fault> Leftovers()
    {
        foreach (var folder in Names("sequences", Directory.EnumerateDirectories))
        {
            switch (ledger.Item(new ItemId(folder))?.State)
            {
                case null:
                    yield return new Fault(folder, "orphan", $"{store.Folder(new ItemId(folder))} is no item of the ledger. The next start of a host enters it where it is whole; else remove it.");
                    break;
                case ItemState.Rejected or ItemState.Quarantined:
                    yield return new Fault(folder, "outdated", $"{store.Folder(new ItemId(folder))} was made of an earlier form of the item, which came to nothing since. The next start of a host removes it.");
                    break;
            }
        }

        foreach (var name in Names("quality", Directory.EnumerateFiles).Where(name => ledger.Item(new ItemId(Path.GetFileNameWithoutExtension(name))) is null))
        {
            yield return new Fault(name, "orphan", $"{Path.Combine(store.WorkFolder, "quality", name)} is of no item of the ledger. Nothing reads it; remove it.");
        }

        foreach (var name in hostRuns ? [] : Names("staging", Directory.EnumerateDirectories))
        {
            yield return new Fault(name, "unfinished", $"{Path.Combine(store.WorkFolder, "staging", name)} was not finished when the last host ended. The next start removes it.");
        }
    }

    private IEnumerable<string> Names(string folder, Func<string, IEnumerable<string>> list)
    {
        var path = Path.Combine(store.WorkFolder, folder);
        return Directory.Exists(path) ? list(path).Select(entry => Path.GetFileName(entry)).Order(StringComparer.Ordinal) : [];
    }
}
