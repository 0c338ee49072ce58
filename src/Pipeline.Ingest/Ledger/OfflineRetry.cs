using MhdNet.Ingest.Items;

namespace MhdNet.Ingest.Ledger;

/// <summary>Puts items back to work while no host runs; the caller holds the work folder.</summary>
public static class OfflineRetry
{
    /// <summary>Puts items back.</summary>
    /// <param name="ledger">The ledger, in this process's hands.</param>
    /// <param name="items">Which items.</param>
    /// <param name="now">The time.</param>
    public static void Run(LedgerFile ledger, IEnumerable<ItemId> items, DateTimeOffset now)
    {
        foreach (var item in items.Select(ledger.Item).OfType<ItemRecord>())
        {
            var rows = LedgerRules.Retry(item, now);
            if (item.Reason?.Code == LedgerRules.Forgotten)
            {
                ledger.Forgotten.Remember(item.Patient);
            }

            // What the probe said of such a file is forgotten, so that the next host asks again.
            IReadOnlyList<string> unprobed = item.Kind == ItemKind.File && rows.Count > 0 ? ledger.PathsOf(item.Id) : [];
            ledger.Write([], unprobed, rows, []);
        }
    }
}
