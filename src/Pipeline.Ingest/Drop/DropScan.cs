using MhdNet.Ingest.Items;

namespace MhdNet.Ingest.Drop;

/// <summary>
/// How looks at the drop folder become knowledge of files. Pure: a look, then the answers of the probes, then <see cref="DropItems.Conclude"/>.
/// </summary>
public static class DropScan
{
    /// <summary>Takes a look into account.</summary>
    /// <param name="before">What was known.</param>
    /// <param name="listing">What is there.</param>
    /// <param name="now">The time of the look.</param>
    /// <param name="settings">When a file is stable.</param>
    public static DropState Look(DropState before, Listing listing, DateTimeOffset now, DropSettings settings)
    {
        var files = new Dictionary<string, ObservedFile>(listing.Files.Count, StringComparer.Ordinal);
        var changed = false;
        List<string> gone = [.. before.Gone];
        foreach (var listed in listing.Files)
        {
            var known = before.Files.GetValueOrDefault(listed.Path);
            var file = Settle(Observe(known, listed, now), now, settings);
            changed |= !ReferenceEquals(known, file);
            files[listed.Path] = file;
            if (known is { IsSaved: true } && !file.IsSaved)
            {
                gone.Add(listed.Path);
            }
        }

        foreach (var known in before.Files.Values)
        {
            if (files.ContainsKey(known.Path))
            {
                continue;
            }

            if (IsUnlisted(known.Path, listing))
            {
                files[known.Path] = known;
                continue;
            }

            changed = true;
            gone.Add(known.Path);
        }

        if (!changed && !before.IsMoving)
        {
            return before;
        }

        Reconsider(files, gone); // also where nothing changed: a slide's further file may have gone while nobody looked, and of one that was not read by itself the ledger knows nothing
        return before with { Files = files, Gone = gone, IsMoving = true };
    }

    /// <summary>The files to probe now: stable, and not known in this form; a slide of several files when all of them are.</summary>
    public static IReadOnlyList<FileToProbe> ToProbe(DropState state, DateTimeOffset now, DropSettings settings)
    {
        if (!state.IsMoving && !state.HasUnreadable)
        {
            return [];
        }

        var slides = new SlideFiles(state.Files.Keys);
        var companions = slides.Companions(state.Files.Values);
        return [.. state.Files.Values.Where(IsDue).Select(Order).OfType<FileToProbe>().Take(settings.ProbeBatch)];

        FileToProbe? Order(ObservedFile file) => slides.SlideOf(file.Path) switch
        {
            null => new FileToProbe(file),
            var slide when slide == file.Path && companions[slide].All(companion => companion.IsStable(now, settings)) => new FileToProbe(file, [.. companions[slide]]),
            _ => null,
        };

        bool IsDue(ObservedFile file) => file.Size > 0 && file.IsStable(now, settings) && file.Probe switch
        {
            null => true,
            ProbeResult.Unreadable => (file.ProbeAttempts < settings.ProbeAttempts || file.MayBecomeReadable) && now - file.ProbedAt >= Pause(file),
            _ => false,
        };

        TimeSpan Pause(ObservedFile file)
        {
            var doubled = settings.QuietPeriod * Math.Pow(2, Math.Min(file.ProbeAttempts, 20) - 1);
            return file.ProbeAttempts >= settings.ProbeAttempts && doubled > settings.ProbeRetryMax ? settings.ProbeRetryMax : doubled;
        }
    }

    /// <summary>Takes the answers of probes into account; an answer for a form that the file does not have any more is dropped.</summary>
    public static DropState Learn(DropState state, IReadOnlyCollection<ProbedFile> answers, DateTimeOffset now)
    {
        if (answers.Count == 0)
        {
            return state;
        }

        var files = new Dictionary<string, ObservedFile>(state.Files, StringComparer.Ordinal);
        foreach (var answer in answers)
        {
            if (files.TryGetValue(answer.Path, out var file) && file.Size == answer.Size && file.Modified == answer.Modified)
            {
                files[answer.Path] = file with { Probe = answer.Result, ProbeAttempts = file.ProbeAttempts + 1, ProbedAt = now, Before = null, IsSaved = false };
            }
        }

        return state with { Files = files, IsMoving = true };
    }

    private static ObservedFile Observe(ObservedFile? known, ListedFile listed, DateTimeOffset now) =>
        known is null || known.Size != listed.Size || known.Modified != listed.Modified || known.Link != listed.Link
            ? new ObservedFile(listed.Path, listed.Size, listed.Modified, now, Looks: 1) { Before = known?.Probe ?? known?.Before, Link = listed.Link }
            : known.Looks < 2 ? known with { Looks = 2 }
            : known;

    /// <summary>A slide of several files is another one when any of them changed, came or went.</summary>
    private static void Reconsider(Dictionary<string, ObservedFile> files, List<string> gone)
    {
        var companions = new SlideFiles(files.Keys).Companions(files.Values);
        foreach (var slide in companions.Select(group => group.Key).Concat(files.Values.Where(file => SlideFiles.HasCompanions(file.Path)).Select(file => file.Path)).Distinct().ToList())
        {
            if (files[slide] is { Probe: ProbeResult.Slide { Content.Length: > 0 } known } file && known.Companions != DropItems.FormOf(companions[slide]))
            {
                files[slide] = file with { Probe = null, Before = known, ProbeAttempts = 0, IsSaved = false };
                gone.Add(slide);
            }
        }
    }

    /// <summary>Answers without a probe: links and empty files.</summary>
    private static ObservedFile Settle(ObservedFile file, DateTimeOffset now, DropSettings settings) =>
        file.Probe is not null ? file
        : file.Link != LinkKind.None ? file with { Probe = new ProbeResult.Neither(Link(file.Path, file.Link)), Before = null }
        : file.Size == 0 && file.IsStable(now, settings) && now - file.Since >= settings.QuietPeriod
            ? file with { Probe = new ProbeResult.Neither(Empty(file.Path, settings.QuietPeriod)), Before = null }
        : file;

    private static bool IsUnlisted(string path, Listing listing)
    {
        if (listing.Unlisted.Count > 0)
        {
            for (var cut = path.LastIndexOf('/'); cut > 0; cut = path.LastIndexOf('/', cut - 1))
            {
                if (listing.Unlisted.ContainsKey(path[..cut]))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static Reason Link(string path, LinkKind kind) => new("symbolic-link", kind switch
    {
        LinkKind.Folder => $"{path} is a symbolic link to a folder in the drop folder, or leads through a link to one; links to folders are not followed. Move the folder here, or make hard links of its files.",
        LinkKind.Hidden => $"{path} is a symbolic link to something hidden, and hidden files and folders are passed over. Copy the file itself, or make a hard link.",
        _ => $"{path} is a symbolic link that leads out of the drop folder, or nowhere; such links are not followed. Copy the file itself, or make a hard link.",
    });

    private static Reason Empty(string path, TimeSpan quiet) => new(
        "empty-file", $"{path} has 0 bytes, unchanged for {quiet.TotalSeconds:0.#} s or more. Copy it again; it is looked at as soon as it has content.");
}
