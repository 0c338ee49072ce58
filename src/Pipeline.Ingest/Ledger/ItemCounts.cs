namespace MhdNet.Ingest.Ledger;

/// <summary>How many items are in each state.</summary>
/// <param name="Seen">Still changing.</param>
/// <param name="Ready">Waiting for a worker, or for the time of their next try.</param>
/// <param name="Running">Being decoded.</param>
/// <param name="Done">In the store.</param>
/// <param name="Rejected">Not usable.</param>
/// <param name="Quarantined">Failed on every attempt.</param>
public sealed record ItemCounts(int Seen, int Ready, int Running, int Done, int Rejected, int Quarantined)
{
    /// <summary>Whether every item is in a final state.</summary>
    public bool AreFinal => Seen + Ready + Running == 0;
}
