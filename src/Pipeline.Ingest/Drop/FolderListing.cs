using System.IO.Enumeration;

namespace MhdNet.Ingest.Drop;

/// <summary>Looks at the drop folder. Reads names, sizes and times only, and writes nothing.</summary>
public static class FolderListing
{
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false, RecurseSubdirectories = false };

    /// <summary>Lists a drop folder with all its subfolders. Hidden files and folders are passed over, and <c>labels.csv</c> in the folder itself.</summary>
    /// <exception cref="IOException">The folder itself cannot be listed.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder itself cannot be listed.</exception>
    public static Listing Read(string dropFolder)
    {
        var root = new DirectoryInfo(dropFolder).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? Path.GetFullPath(dropFolder);
        var files = new List<ListedFile>();
        var done = new HashSet<string>(StringComparer.Ordinal);
        var unlisted = new Dictionary<string, string>(StringComparer.Ordinal);
        var open = new Stack<string>([""]);
        var isBare = true;
        while (open.TryPop(out var folder))
        {
            try
            {
                foreach (var entry in Entries(Path.Combine(root, folder), folder))
                {
                    isBare = false;
                    Sort(entry, folder);
                }
            }
            catch (Exception e) when (folder.Length > 0 && e is IOException or UnauthorizedAccessException)
            {
                if (e is not DirectoryNotFoundException)
                {
                    unlisted[folder] = e.Message; // otherwise it was removed since its parent was listed
                }
            }
        }

        return new Listing(files, done, unlisted) { IsBare = isBare, Mount = MountPoint.Of(root) };

        void Sort(Entry entry, string folder)
        {
            var name = Path.GetFileName(entry.File.Path);
            if (name.StartsWith('.'))
            {
                if (name == ".done" && !entry.IsFolder)
                {
                    done.Add(folder);
                }
            }
            else if (entry.IsLink)
            {
                AddLink(entry.File);
            }
            else if (entry.IsFolder)
            {
                open.Push(entry.File.Path);
            }
            else if (entry.File.Path != "labels.csv")
            {
                files.Add(entry.File);
            }
        }

        void AddLink(ListedFile link)
        {
            // What a link inside the drop folder leads to is listed anyway.
            if (!LeadsInside(Path.Combine(root, link.Path), root))
            {
                files.Add(link with { Size = 0, IsLink = true });
            }
        }
    }

    private static FileSystemEnumerable<Entry> Entries(string folder, string relative) => new(
        folder,
        (ref FileSystemEntry entry) =>
        {
            var path = relative.Length == 0 ? entry.FileName.ToString() : string.Concat(relative, "/", entry.FileName);
            var link = entry.Attributes.HasFlag(FileAttributes.ReparsePoint);
            return entry.IsDirectory && !link
                ? new Entry(new ListedFile(path, 0, default), IsFolder: true, IsLink: false)
                : new Entry(new ListedFile(path, link ? 0 : entry.Length, entry.LastWriteTimeUtc), IsFolder: false, link);
        },
        Everything);

    private static bool LeadsInside(string link, string root)
    {
        try
        {
            var target = File.ResolveLinkTarget(link, returnFinalTarget: true);
            return target is { Exists: true } && target.FullName.StartsWith(root + "/", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false; // a circle of links
        }
    }

    private readonly record struct Entry(ListedFile File, bool IsFolder, bool IsLink);
}
