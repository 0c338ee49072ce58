using MhdNet.Ingest.Items;

namespace MhdNet.Ingest.Ledger;

/// <summary>
/// What the loss of a whole machine means for the items that it read. Pure. Any of them may have taken it down, and most likely none did: the first loss makes an item suspect, and nothing else than that it is
/// read on a machine that reads nothing else. What is lost then is lost with it alone, and counts: after as many of those as worker processes may end, the item is quarantined.
/// </summary>
public static class MachineLossRules
{
    /// <summary>The code of what takes its machine down.</summary>
    public const string MachineLost = "machine-lost";

    /// <summary>A machine was lost while it read the item. That is no attempt, and no death of a worker.</summary>
    public static IReadOnlyList<ItemRecord> Suspect(ItemRecord item, MachineLoss loss, DateTimeOffset now, LedgerSettings settings)
    {
        var back = LedgerRules.HandBack(item, now);
        if (back is not [{ State: ItemState.Ready } ready])
        {
            return back; // it is running no more, or its files are others by now
        }

        var suspect = ready with
        {
            Losses = item.Losses + 1,
            DeathNotes = Noted(item, FormattableString.Invariant($"{now:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}, attempt {item.Attempts}: {loss.How}, after {loss.After.TotalSeconds:0.0} s{(item.Losses == 0 ? "" : ", with nothing else to read")}")),
            Duration = loss.After,
        };
        var told = suspect with { Reason = Told(suspect) };
        return [told.Losses > settings.MaxDeaths ? told with { State = ItemState.Quarantined, Sequences = 0, Note = null } : told];
    }

    /// <summary>The machine is back as the process that it was: it was cut off, and no file cuts a cable. The loss is taken back, a quarantine that followed from it, too.</summary>
    public static IReadOnlyList<ItemRecord> Acquit(ItemRecord item, string machine, DateTimeOffset now)
    {
        var quarantined = item is { State: ItemState.Quarantined, Reason.Code: MachineLost };
        if (item.Losses == 0 || !(quarantined || item.State is ItemState.Ready or ItemState.Running))
        {
            return [];
        }

        var acquitted = item with
        {
            State = quarantined ? ItemState.Ready : item.State,
            Losses = item.Losses - 1,
            DeathNotes = Noted(item, FormattableString.Invariant($"{now:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}: machine {machine} had only been cut off, so one loss does not count")),
            UpdatedAt = now,
        };
        return [item.Reason?.Code != MachineLost ? acquitted : acquitted with { Reason = acquitted.Losses == 0 ? null : Told(acquitted) }];
    }

    private static string Noted(ItemRecord item, string line) => item.DeathNotes + line + "\n";

    private static Reason Told(ItemRecord item) => new(
        MachineLost,
        $"{item.Path}: the machine that read it was lost, {(item.Losses == 1 ? "once" : $"{item.Losses} times, all but the first with nothing else to read")}. {string.Join("; ", item.DeathNotes.Split('\n', StringSplitOptions.RemoveEmptyEntries))}."
        + " It is read on a machine that reads nothing else. If the file is good, look at the machine's memory and its kernel's log; 'mhdnet retry' tries it again.");
}
