using MhdNet.Ingest.Items;
using MhdNet.Ingest.Ledger;
using MhdNet.Ingest.Sequences;

namespace MhdNet.Ingest.Forgetting;

/// <summary>
/// Removes all that ledger and store keep of a patient. The mark that the patient is forgotten comes first: a program that is killed on the way finishes it at its next start,
/// and what lies on in the drop folder is not read again.
/// </summary>
public static class PatientEraser
{
    /// <summary>Removes it. A second time it does no harm.</summary>
    /// <param name="ledger">The ledger, in this process's hands.</param>
    /// <param name="store">The store; null: none.</param>
    /// <param name="patient">The patient's id as the ledger has it.</param>
    /// <param name="now">The time.</param>
    /// <returns>The items that were removed.</returns>
    /// <exception cref="IOException">Something could not be removed; the rows are still there, and it can be tried again.</exception>
    public static IReadOnlyList<ItemId> Run(LedgerFile ledger, SequenceStore? store, string patient, DateTimeOffset now)
    {
        ledger.Forgotten.Add(patient, now);
        CrashPoint.Reach("forgetting");
        var items = ledger.Items().Where(item => item.Patient == patient).Select(item => item.Id).ToList();
        items.ForEach(item => store?.Erase(item));
        CrashPoint.Reach("erased");
        ledger.Forgotten.Erase(patient);
        return items;
    }
}
