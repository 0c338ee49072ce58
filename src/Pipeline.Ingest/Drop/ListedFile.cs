namespace MhdNet.Ingest.Drop;

/// <summary>A file as a look at the drop folder found it.</summary>
/// <param name="Path">Relative to the drop folder, with <c>/</c>.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Modified">Time of the last change, as the file system says.</param>
/// <param name="Link">Whether it is a symbolic link that is told and not followed.</param>
public sealed record ListedFile(string Path, long Size, DateTimeOffset Modified, LinkKind Link = LinkKind.None)
{
    /// <summary>Whether it is a symbolic link.</summary>
    public bool IsLink => Link != LinkKind.None;
}
