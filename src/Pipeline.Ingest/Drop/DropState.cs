using MhdNet.Ingest.Items;
using MhdNet.Ingest.Ledger;

namespace MhdNet.Ingest.Drop;

/// <summary>What is known of the drop folder between two looks. Immutable.</summary>
/// <param name="Files">By relative path.</param>
/// <param name="Items">What the ledger was last told of each item; null: told in an earlier life of the program.</param>
/// <param name="Gone">Files that the ledger may know in a form that is not there any more.</param>
/// <param name="IsMoving">Whether anything changed in the last look, or still waits for time to pass.</param>
public sealed record DropState(
    IReadOnlyDictionary<string, ObservedFile> Files,
    IReadOnlyDictionary<ItemId, ItemObservation?> Items,
    IReadOnlyList<string> Gone,
    bool IsMoving)
{
    /// <summary>Whether files wait to be probed again that the system did not let read.</summary>
    public bool HasUnreadable { get; init; }

    /// <summary>Nothing known.</summary>
    public static DropState Empty { get; } = Resume([], []);

    /// <summary>Goes on from what the ledger remembers: files in a known form are not probed again, nor waited for.</summary>
    public static DropState Resume(IEnumerable<FileRecord> files, IEnumerable<ItemId> items) => new(
        files.ToDictionary(
            file => file.Path,
            file => new ObservedFile(file.Path, file.Size, file.Modified, DateTimeOffset.MinValue, Looks: 2)
            {
                Probe = file.Probe,
                ProbeAttempts = file.ProbeAttempts,
                IsSaved = true,
            },
            StringComparer.Ordinal),
        items.ToDictionary(item => item, _ => (ItemObservation?)null),
        [],
        IsMoving: true);

    /// <summary>
    /// The ledger took items up again: it is told once more how they stand, and files that were no use are probed again. Items last told as growing are left
    /// alone: the ledger will hear of them anyway.
    /// </summary>
    /// <param name="reopened">Items with their paths.</param>
    public DropState Forget(IReadOnlyCollection<(ItemId Item, string Path)> reopened)
    {
        var forgotten = reopened.Where(open => Items.GetValueOrDefault(open.Item) is { Standing: not Standing.Growing }).ToList();
        if (forgotten.Count == 0)
        {
            return this;
        }

        var files = new Dictionary<string, ObservedFile>(Files, StringComparer.Ordinal);
        var items = new Dictionary<ItemId, ItemObservation?>(Items);
        foreach (var (item, path) in forgotten)
        {
            items[item] = null;
            if (files.TryGetValue(path, out var file) && file.Probe is ProbeResult.Neither or ProbeResult.Unreadable)
            {
                files[path] = file with { Probe = null, Before = file.Probe, ProbeAttempts = 0, IsSaved = false };
            }
        }

        return this with { Files = files, Items = items, IsMoving = true };
    }
}
