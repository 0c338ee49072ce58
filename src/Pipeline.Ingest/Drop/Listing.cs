namespace MhdNet.Ingest.Drop;

/// <summary>One look at the drop folder.</summary>
/// <param name="Files">All files but hidden ones and <c>labels.csv</c> of the drop folder itself.</param>
/// <param name="DoneFolders">Folders, relative, that hold a file named <c>.done</c>; the drop folder itself is the empty text.</param>
/// <param name="Unlisted">Folders, relative, that could not be listed, with the cause: what is in them is unknown, not gone.</param>
public sealed record Listing(IReadOnlyList<ListedFile> Files, IReadOnlySet<string> DoneFolders, IReadOnlyDictionary<string, string> Unlisted)
{
    /// <summary>Whether there is no entry of any kind in the drop folder, hidden ones included: so looks the place of a disk that is not mounted.</summary>
    public bool IsBare { get; init; }

    /// <summary>Files and folders, relative, whose names are not UTF-8 (U+FFFD where they are not): the runtime lists them, and cannot open them.</summary>
    public IReadOnlyList<string> Misnamed { get; init; } = [];

    /// <summary>The file system on which the drop folder lies.</summary>
    public string Mount { get; init; } = "";
}
