namespace MhdNet.Ingest.Drop;

/// <summary>Whose file it is.</summary>
public static class Patients
{
    /// <summary>The first folder level; null for a file directly in the drop folder.</summary>
    /// <param name="path">Relative to the drop folder, with <c>/</c>.</param>
    public static string? OfFolder(string path) => path.IndexOf('/', StringComparison.Ordinal) is var cut and > 0 ? path[..cut] : null;

    /// <summary>The first folder level, or the file's name up to the first <c>_</c> (without it, up to the extension).</summary>
    /// <param name="path">Relative to the drop folder, with <c>/</c>.</param>
    public static string OfName(string path)
    {
        if (OfFolder(path) is { } folder)
        {
            return folder;
        }

        var name = Path.GetFileNameWithoutExtension(path);
        return name.IndexOf('_', StringComparison.Ordinal) is var cut and > 0 ? name[..cut] : name;
    }
}
