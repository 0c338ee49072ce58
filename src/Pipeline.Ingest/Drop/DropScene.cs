namespace MhdNet.Ingest.Drop;

/// <summary>What decides, besides its files, whether an item is complete.</summary>
/// <param name="Now">The time.</param>
/// <param name="Settings">The waits.</param>
/// <param name="DoneFolders">Folders with a <c>.done</c> file.</param>
/// <param name="Pending">Files not known yet.</param>
internal sealed record DropScene(DateTimeOffset Now, DropSettings Settings, IReadOnlySet<string> DoneFolders, PendingFolders Pending)
{
    /// <summary>Whether someone said that everything in a folder is there: in the folder itself or in one above.</summary>
    public bool IsDeclaredDone(string folder)
    {
        for (var current = folder; current.Length > 0; current = current.LastIndexOf('/') is var cut and >= 0 ? current[..cut] : "")
        {
            if (DoneFolders.Contains(current))
            {
                return true;
            }
        }

        return DoneFolders.Contains("");
    }
}
