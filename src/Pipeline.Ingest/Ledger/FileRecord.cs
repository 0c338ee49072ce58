using MhdNet.Ingest.Drop;
using MhdNet.Ingest.Items;

namespace MhdNet.Ingest.Ledger;

/// <summary>One row of the ledger's table <c>files</c>: a file of the drop folder in the form in which it was probed.</summary>
/// <param name="Path">Relative to the drop folder, with <c>/</c>.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Modified">Time of the last change, as the file system says.</param>
/// <param name="Probe">What it is.</param>
/// <param name="ProbeAttempts">How often it was probed in this form.</param>
/// <param name="Item">The item it belongs to; null while it cannot be read but will be tried again.</param>
public sealed record FileRecord(string Path, long Size, DateTimeOffset Modified, ProbeResult Probe, int ProbeAttempts, ItemId? Item);
