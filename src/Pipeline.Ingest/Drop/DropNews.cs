using MhdNet.Ingest.Items;
using MhdNet.Ingest.Ledger;

namespace MhdNet.Ingest.Drop;

/// <summary>What a look at the drop folder changed.</summary>
/// <param name="Files">Files in a form that the ledger does not know yet.</param>
/// <param name="FilesGone">Files that are not there any more, or not in the form in which they were probed; to be removed before others are entered.</param>
/// <param name="Items">Items that are new, or stand otherwise than before.</param>
/// <param name="ItemsGone">Items without any file left.</param>
/// <param name="Pending">Files that belong to no item yet, because they still change or wait to be probed.</param>
public sealed record DropNews(
    IReadOnlyList<FileRecord> Files,
    IReadOnlyList<string> FilesGone,
    IReadOnlyList<ItemObservation> Items,
    IReadOnlyList<ItemId> ItemsGone,
    int Pending)
{
    /// <summary>Nothing changed, and nothing waits.</summary>
    public static DropNews None { get; } = new([], [], [], [], 0);
}
