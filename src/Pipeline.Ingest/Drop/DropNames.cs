using System.Collections.Concurrent;
using MhdNet.Ingest.Items;

namespace MhdNet.Ingest.Drop;

/// <summary>
/// Between the names in the drop folder and those in the ledger, on the screen and in the log. They are the same unless patients are pseudonymised: then the first level of
/// each path, which is the patient, is a pseudonym everywhere but on the way to the file, and so is its name where folders and files below repeat it. Thread safe.
/// </summary>
/// <param name="folder">The drop folder.</param>
/// <param name="pseudonyms">How ids are hidden; null: not at all.</param>
public sealed class DropNames(string folder, Pseudonyms? pseudonyms = null)
{
    private readonly ConcurrentDictionary<string, string> _realByShown = new(StringComparer.Ordinal);

    /// <summary>The drop folder's absolute path.</summary>
    public string Folder { get; } = Path.GetFullPath(folder);

    /// <summary>A look at the drop folder in the names that the rest of the program sees.</summary>
    public Listing Shown(Listing listing) => pseudonyms is null ? listing : listing with
    {
        Files = [.. listing.Files.Select(file => file with { Path = Shown(file.Path, isFolder: false) })],
        Misnamed = [.. listing.Misnamed.Select(path => Shown(path, isFolder: true))],
        DoneFolders = listing.DoneFolders.Select(path => Shown(path, isFolder: true)).ToHashSet(StringComparer.Ordinal),
        Unlisted = listing.Unlisted.ToDictionary(
            entry => Shown(entry.Key, isFolder: true), entry => HiddenNames.Of(Folder, [(entry.Key, Shown(entry.Key, isFolder: true))]).In(entry.Value), StringComparer.Ordinal),
    };

    /// <summary>The absolute path of a file.</summary>
    /// <param name="shown">Relative, as the ledger has it.</param>
    public string Absolute(string shown)
    {
        if (pseudonyms is null)
        {
            return Path.Combine(Folder, shown);
        }

        var first = First(shown);
        var real = Real(first);
        return Path.Combine(Folder, real + shown[first.Length..].Replace(first, real, StringComparison.Ordinal));
    }

    /// <summary>A slice as the rest of the program may know it: PatientID only where it decides whose the file is, and hidden where ids are.</summary>
    public ProbeResult Shown(string shown, ProbeResult result) => result switch
    {
        ProbeResult.CtSlice slice => slice with { PatientId = Patients.OfFolder(shown) is not null ? "" : pseudonyms?.Of(slice.PatientId) ?? slice.PatientId },
        ProbeResult.Neither neither => new ProbeResult.Neither(Shown(neither.Reason, [shown])),
        ProbeResult.Unreadable unreadable => new ProbeResult.Unreadable(Shown(unreadable.Reason, [shown])),
        _ => result,
    };

    /// <summary>A reason without the real names of the files that it is about.</summary>
    /// <param name="reason">The reason.</param>
    /// <param name="shown">Paths of the files, as the ledger has them.</param>
    public Reason Shown(Reason reason, IReadOnlyCollection<string> shown)
    {
        if (pseudonyms is null)
        {
            return reason;
        }

        return reason with { Sentence = HiddenNames.Of(Folder, shown.Select(path => (Absolute(path)[(Folder.Length + 1)..], path))).In(reason.Sentence) };
    }

    private static string First(string path) => path.IndexOf('/', StringComparison.Ordinal) is var cut and > 0 ? path[..cut] : path;

    private string Shown(string path, bool isFolder)
    {
        if (path.Length == 0)
        {
            return path;
        }

        var first = First(path);
        var shown = pseudonyms!.OfEntry(first, isFolder || first.Length < path.Length);
        _realByShown.TryAdd(shown, first);
        return shown + path[first.Length..].Replace(first, shown, StringComparison.Ordinal);
    }

    private string Real(string first)
    {
        if (!_realByShown.TryGetValue(first, out var real))
        {
            foreach (var entry in new DirectoryInfo(Folder).EnumerateFileSystemInfos())
            {
                Shown(entry.Name, entry is DirectoryInfo);
            }

            real = _realByShown.GetValueOrDefault(first, first); // gone: then the reader says so
        }

        return real;
    }
}
