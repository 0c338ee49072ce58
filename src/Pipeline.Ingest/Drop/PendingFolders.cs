namespace MhdNet.Ingest.Drop;

/// <summary>Where files lie that may still turn out to be slices of a series.</summary>
internal sealed class PendingFolders
{
    private readonly HashSet<string> _folders = new(StringComparer.Ordinal);

    /// <summary>How many files.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a file.</summary>
    public void Add(string path)
    {
        Count++;
        var cut = path.LastIndexOf('/');
        if (cut < 0)
        {
            _folders.Add("");
        }

        for (; cut > 0 && _folders.Add(path[..cut]); cut = path.LastIndexOf('/', cut - 1))
        {
        }
    }

    /// <summary>Whether such a file lies in a folder or below. In the drop folder itself only direct files count: others are other patients'.</summary>
    public bool IsUnder(string folder) => _folders.Contains(folder);
}
