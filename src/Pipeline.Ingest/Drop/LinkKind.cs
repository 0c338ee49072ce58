namespace MhdNet.Ingest.Drop;

/// <summary>Where a symbolic link leads that is told and not followed.</summary>
public enum LinkKind
{
    /// <summary>It is no such link.</summary>
    None,

    /// <summary>Out of the drop folder, or nowhere.</summary>
    Outside,

    /// <summary>To a folder in the drop folder, or through a link to a folder.</summary>
    Folder,

    /// <summary>To something hidden in the drop folder.</summary>
    Hidden,
}
