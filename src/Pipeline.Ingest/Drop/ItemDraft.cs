using MhdNet.Ingest.Items;
using MhdNet.Ingest.Ledger;

namespace MhdNet.Ingest.Drop;

/// <summary>An item while its files are gathered.</summary>
internal sealed class ItemDraft
{
    private readonly ItemKind _kind;
    private readonly string _patient;
    private readonly string _path;

    private ItemDraft(ItemId id, ItemKind kind, string patient, string path) => (Id, _kind, _patient, _path) = (id, kind, patient, path);

    /// <summary>The item.</summary>
    public ItemId Id { get; }

    /// <summary>Its files so far, in the order of their paths.</summary>
    public List<ObservedFile> Files { get; } = [];

    /// <summary>Which item a file belongs to.</summary>
    /// <param name="file">The file.</param>
    /// <param name="slide">The slide that it is or belongs to, by name; null where none.</param>
    /// <param name="settings">When an unreadable file is given up.</param>
    /// <param name="ids">Ids of series computed so far.</param>
    /// <returns>A draft without files; null while nobody knows.</returns>
    public static ItemDraft? Of(ObservedFile file, string? slide, DropSettings settings, Dictionary<(string, string), ItemId> ids) =>
        slide is not null ? OfSlide(slide) : (file.Probe ?? file.Before) switch
        {
            ProbeResult.CtSlice slice => OfSeries(file.Path, slice, ids),
            ProbeResult.Slide => OfSlide(file.Path),
            ProbeResult.Neither => OfFile(file.Path),
            ProbeResult.Unreadable when file.Probe is null || file.ProbeAttempts >= settings.ProbeAttempts => OfFile(file.Path),
            _ => null,
        };

    /// <summary>The item as the ledger is to see it.</summary>
    public ItemObservation Observe(DropScene scene)
    {
        var folder = _kind == ItemKind.Ct ? CommonFolder() : "";
        var path = _kind != ItemKind.Ct ? _path : folder.Length == 0 ? "." : folder;
        return new ItemObservation(Id, _kind, _patient, path, DropItems.Fingerprint(Files), _kind switch
        {
            ItemKind.Ct => SeriesStanding(folder, scene),
            ItemKind.Slide => SlideStanding(scene),
            _ => FileStanding(Files[0]),
        });
    }

    private static ItemDraft OfSeries(string path, ProbeResult.CtSlice slice, Dictionary<(string, string), ItemId> ids)
    {
        var patient = Patients.OfFolder(path) ?? slice.PatientId;
        var key = (patient, slice.SeriesInstanceUid);
        if (!ids.TryGetValue(key, out var id))
        {
            ids[key] = id = ItemId.OfSeries(patient, slice.SeriesInstanceUid);
        }

        return new ItemDraft(id, ItemKind.Ct, patient, path);
    }

    private static ItemDraft OfSlide(string path) =>
        new(ItemId.OfSlide(Patients.OfName(path), path), ItemKind.Slide, Patients.OfName(path), path);

    private static ItemDraft OfFile(string path) =>
        new(ItemId.OfFile(Patients.OfName(path), path), ItemKind.File, Patients.OfName(path), path);

    private static Standing FileStanding(ObservedFile file) => file.Probe switch
    {
        ProbeResult.Neither neither => new Standing.Refused(neither.Reason),
        ProbeResult.Unreadable unreadable => new Standing.Unreadable(unreadable.Reason),
        _ => new Standing.Growing(),
    };

    private Standing SeriesStanding(string folder, DropScene scene)
    {
        if (Files.Exists(file => file.Probe is null || !file.IsStable(scene.Now, scene.Settings)) || scene.Pending.IsUnder(folder))
        {
            return new Standing.Growing();
        }

        return _patient.Length == 0
            ? new Standing.Refused(new Reason("no-patient", $"{Files[0].Path} and the other files of its series ({Files.Count} in all) lie in no patient's folder and have no PatientID. Move them into a folder named after the patient."))
            : WhenQuiet(scene, folder);
    }

    private Standing SlideStanding(DropScene scene)
    {
        var main = Files.Find(file => file.Path == _path);
        return main?.Probe is ProbeResult.Neither neither ? new Standing.Refused(neither.Reason)
            : main is null || main.Size == 0 || Files.Exists(file => !file.IsStable(scene.Now, scene.Settings)) ? new Standing.Growing()
            : SlideFiles.HasCompanions(_path) ? WhenQuiet(scene, _path.LastIndexOf('/') is var cut and >= 0 ? _path[..cut] : "")
            : new Standing.Complete();
    }

    private Standing WhenQuiet(DropScene scene, string folder) =>
        scene.IsDeclaredDone(folder) || scene.Now - Files.Max(file => file.Since) >= scene.Settings.QuietPeriod
            ? new Standing.Complete()
            : new Standing.Growing();

    private string CommonFolder()
    {
        // Files are in the order of their paths, so what the first and the last share, all share.
        var (first, last) = (Files[0].Path, Files[^1].Path);
        var shared = first.AsSpan().CommonPrefixLength(last);
        return first[..shared].LastIndexOf('/') is var cut and >= 0 ? first[..cut] : "";
    }
}
