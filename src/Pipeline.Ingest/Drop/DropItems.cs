using System.Security.Cryptography;
using System.Text;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Ledger;

namespace MhdNet.Ingest.Drop;

/// <summary>How files become items. Pure.</summary>
public static class DropItems
{
    /// <summary>Groups the files to items, and says what is new since the ledger was last told.</summary>
    /// <returns>The state to go on with once the ledger has the news, and the news.</returns>
    public static (DropState State, DropNews News) Conclude(DropState state, Listing listing, DateTimeOffset now, DropSettings settings)
    {
        if (!state.IsMoving)
        {
            return (state, DropNews.None);
        }

        var slides = new SlideFiles(state.Files.Keys);
        var drafts = new Dictionary<ItemId, ItemDraft>();
        var ids = new Dictionary<(string, string), ItemId>();
        var pending = new PendingFolders();
        var unread = 0;
        var saved = new List<FileRecord>();
        List<string> gone = [.. state.Gone];
        var files = new Dictionary<string, ObservedFile>(state.Files, StringComparer.Ordinal);
        foreach (var file in state.Files.Values.OrderBy(file => file.Path, StringComparer.Ordinal))
        {
            var slide = slides.SlideOf(file.Path);
            var draft = ItemDraft.Of(slide is null ? file : state.Files[slide], slide, settings, ids);
            if (slide is null && (draft is null || file.Probe is null))
            {
                pending.Add(file.Path);
            }
            else if (slide == file.Path && file.Probe is null)
            {
                unread++;
            }

            if (draft is null)
            {
                continue;
            }

            draft = drafts.TryAdd(draft.Id, draft) ? draft : drafts[draft.Id];
            draft.Add(file, slide);
            if (slide is not null && slide != file.Path)
            {
                // Whatever it was taken for before its slide came, it has no row of its own any more.
                if (file.IsSaved)
                {
                    gone.Add(file.Path);
                    files[file.Path] = file with { IsSaved = false };
                }

                continue;
            }

            if (file is { IsSaved: false, Probe: { } probe })
            {
                saved.Add(new FileRecord(file.Path, file.Size, file.Modified, probe, file.ProbeAttempts, draft.Id));
                files[file.Path] = file with { IsSaved = true };
            }
        }

        var scene = new DropScene(now, settings, listing.DoneFolders, pending);
        var items = drafts.Values.ToDictionary(draft => draft.Id, draft => (ItemObservation?)draft.Observe(scene));
        var news = new DropNews(
            saved,
            gone,
            [.. items.Values.OfType<ItemObservation>().Where(item => state.Items.GetValueOrDefault(item.Id) != item)],
            [.. state.Items.Keys.Where(id => !items.ContainsKey(id))],
            pending.Count + unread);
        var moving = pending.Count + unread > 0 || items.Values.Any(item => item!.Standing is Standing.Growing);
        return (new DropState(files, items, [], moving) { HasUnreadable = files.Values.Any(file => file.MayBecomeReadable) }, news);
    }

    /// <summary>The fingerprint of a slide's further files; empty where it has none.</summary>
    internal static string FormOf(IEnumerable<ObservedFile> companions) => companions.OrderBy(file => file.Path, StringComparer.Ordinal).ToList() is { Count: > 0 } files ? Fingerprint(files) : "";

    /// <summary>The fingerprint of an item: hexadecimal SHA-256 over path, size and time of its files.</summary>
    internal static string Fingerprint(IEnumerable<ObservedFile> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{file.Path}\n{file.Size}\n{file.Modified.UtcTicks}\n"));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..32];
    }
}
