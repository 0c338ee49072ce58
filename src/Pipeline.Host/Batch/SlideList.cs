using MhdNet.Host.Commands;
using MhdNet.Ingest.Drop;

namespace MhdNet.Host.Batch;

/// <summary>Which slides a command line means.</summary>
internal static class SlideList
{
    /// <summary>
    /// Slides, folders of slides at any depth, and lists: <c>.txt</c> files with the path of a slide or folder a line, relative to the list; a line that begins with <c>#</c> is a comment. Hidden files, and folders
    /// behind symbolic links, are passed over. What a list names and is not there stays: it stops none of the others.
    /// </summary>
    /// <returns>Absolute paths, each once, in order; the slides of a folder by name.</returns>
    /// <exception cref="InputException">Something is not there, a folder cannot be read, or there is no slide at all; the message names it.</exception>
    public static IReadOnlyList<string> Of(IReadOnlyList<FileSystemInfo> given)
    {
        var slides = given.SelectMany(Expand).Distinct(StringComparer.Ordinal).ToList();
        return slides.Count > 0 ? slides : throw new InputException($"No slide in {string.Join(", ", given.Select(path => path.FullName))}. Slides end in .svs, .tif, .tiff, .ndpi, .mrxs, .scn, .vms, .vmu, .bif or .svslide.");
    }

    /// <summary>The deepest folder that all of these files are in or below.</summary>
    /// <param name="paths">Absolute paths, at least one.</param>
    public static string CommonFolder(IReadOnlyList<string> paths)
    {
        var folder = Path.GetDirectoryName(paths[0])!;
        while (!paths.All(path => path.StartsWith(folder.TrimEnd('/') + "/", StringComparison.Ordinal)))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }

    private static IEnumerable<string> Expand(FileSystemInfo path) => path switch
    {
        { Exists: false } => throw new InputException($"There is no {path.FullName}. Give slides, folders of slides, or .txt files with a path a line."),
        DirectoryInfo folder => Within(folder),
        { Extension: ".txt" } => Listed(path.FullName),
        _ => [path.FullName],
    };

    private static List<string> Within(DirectoryInfo folder)
    {
        try
        {
            return [.. new System.IO.Enumeration.FileSystemEnumerable<string>(
                folder.FullName, (ref entry) => entry.ToFullPath(), new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = false, AttributesToSkip = FileAttributes.Hidden })
            {
                ShouldIncludePredicate = (ref entry) => !entry.IsDirectory,
                ShouldRecursePredicate = (ref entry) => (entry.Attributes & FileAttributes.ReparsePoint) == 0,
            }.Where(SlideFiles.IsSlide).Order(StringComparer.Ordinal)];
        }
        catch (UnauthorizedAccessException e)
        {
            throw new InputException($"{folder.FullName} cannot be read to its end: {e.Message} Give this user the right to read it, or name the slides one by one.");
        }
    }

    private static IEnumerable<string> Listed(string list)
    {
        var folder = Path.GetDirectoryName(list)!;
        return File.ReadLines(list)
            .Select(line => line.Trim())
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => Path.GetFullPath(line, folder))
            .SelectMany(path => Directory.Exists(path) ? Within(new DirectoryInfo(path)) : (List<string>)[path]);
    }
}
