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
        var misnamed = new List<string>();
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

        if (!Directory.Exists(root))
        {
            throw new DirectoryNotFoundException($"{root} went away while it was listed."); // so what was not found in it need not be gone
        }

        return new Listing(files, done, unlisted) { IsBare = isBare, Misnamed = misnamed, Mount = MountPoint.Of(root) };

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
            else if (name.Contains('\uFFFD', StringComparison.Ordinal) && !Path.Exists(Path.Combine(root, entry.File.Path)))
            {
                misnamed.Add(entry.File.Path); // U+FFFD may also be in a name that is UTF-8; then it exists
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
            if (KindOf(Path.Combine(root, link.Path), root) is var kind and not LinkKind.None)
            {
                files.Add(link with { Size = 0, Link = kind });
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

    private static LinkKind KindOf(string link, string root)
    {
        string? target;
        try
        {
            target = File.ResolveLinkTarget(link, returnFinalTarget: true)?.FullName;
        }
        catch (IOException)
        {
            return LinkKind.Outside; // a circle of links
        }

        if (target is null || !Path.Exists(target) || !$"{target}/".StartsWith(root + "/", StringComparison.Ordinal))
        {
            return LinkKind.Outside;
        }

        for (var (part, isLast) = (target, true); part.Length > root.Length; (part, isLast) = (Path.GetDirectoryName(part)!, false))
        {
            if (Path.GetFileName(part).StartsWith('.'))
            {
                return LinkKind.Hidden;
            }

            if (!isLast && new DirectoryInfo(part).LinkTarget is not null)
            {
                return LinkKind.Folder;
            }
        }

        return Directory.Exists(target) ? LinkKind.Folder : LinkKind.None;
    }

    private readonly record struct Entry(ListedFile File, bool IsFolder, bool IsLink);
}
