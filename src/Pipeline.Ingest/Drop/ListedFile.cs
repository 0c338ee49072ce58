namespace MhdNet.Ingest.Drop;

/// <summary>A file as a look at the drop folder found it.</summary>
/// <param name="Path">Relative to the drop folder, with <c>/</c>.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Modified">Time of the last change, as the file system says.</param>
/// <param name="IsLink">A symbolic link that leads out of the drop folder, or nowhere.</param>
public sealed record ListedFile(string Path, long Size, DateTimeOffset Modified, bool IsLink = false);
