using MhdNet.Ingest.Ledger;

namespace MhdNet.Host.Commands;

/// <summary>The items of a work folder, for commands that choose among them.</summary>
internal static class LedgerItems
{
    /// <exception cref="InputException">There is no ledger, or one of another version.</exception>
    public static IReadOnlyList<ItemRecord> Of(string work)
    {
        try
        {
            using var ledger = LedgerReader.Open(WorkFolder.LedgerPathOf(work));
            return ledger.Items();
        }
        catch (Exception e) when (e is FileNotFoundException or LedgerVersionException)
        {
            throw new InputException(e.Message);
        }
    }
}
