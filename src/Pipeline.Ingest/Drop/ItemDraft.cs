using MhdNet.Ingest.Items;
using MhdNet.Ingest.Ledger;

namespace MhdNet.Ingest.Drop;

/// <summary>An item while its files are gathered.</summary>
internal sealed class ItemDraft
{
    private readonly ItemKind _kind;
    private readonly string _patient;
    private readonly string _path;
    private readonly SortedDictionary<string, List<ObservedFile>> _bySlide = new(StringComparer.Ordinal);

    private ItemDraft(ItemId id, ItemKind kind, string patient, string path) => (Id, _kind, _patient, _path) = (id, kind, patient, path);

    /// <summary>The item.</summary>
    public ItemId Id { get; }

    private List<ObservedFile> Files { get; } = [];

    /// <summary>Which item a file belongs to.</summary>
    /// <param name="file">The file, or the slide to which it belongs.</param>
    /// <param name="slide">The slide that it is or belongs to, by name; null where none.</param>
    /// <param name="settings">When an unreadable file is given up.</param>
    /// <param name="ids">Ids of series computed so far.</param>
    /// <returns>A draft without files; null while nobody knows.</returns>
    public static ItemDraft? Of(ObservedFile file, string? slide, DropSettings settings, Dictionary<(string, string), ItemId> ids) =>
        (file.Probe ?? file.Before) switch
        {
            ProbeResult.CtSlice slice when slide is null => OfSeries(file.Path, slice, ids),
            ProbeResult.Slide known => OfSlide(file.Path, known.Content),
            ProbeResult.Neither => OfFile(file.Path),
            ProbeResult.Unreadable when file.Probe is null || file.ProbeAttempts >= settings.ProbeAttempts => OfFile(file.Path),
            _ => slide is null ? null : OfSlide(slide, ""),
        };

    /// <summary>Adds a file; in the order of their paths.</summary>
    /// <param name="file">The file.</param>
    /// <param name="slide">The slide that it is or belongs to, by name; null where none.</param>
    public void Add(ObservedFile file, string? slide)
    {
        Files.Add(file);
        if (_kind == ItemKind.Slide)
        {
            _bySlide.TryAdd(slide ?? file.Path, []);
            _bySlide[slide ?? file.Path].Add(file);
        }
    }

    /// <summary>The item as the ledger is to see it.</summary>
    public ItemObservation Observe(DropScene scene)
    {
        switch (_kind)
        {
            case ItemKind.Ct:
                var folder = CommonFolder();
                return new ItemObservation(Id, _kind, _patient, folder.Length == 0 ? "." : folder, DropItems.Fingerprint(Files), SeriesStanding(folder, scene));
            case ItemKind.Slide:
                return ObserveSlide(scene);
            default:
                return new ItemObservation(Id, _kind, _patient, _path, DropItems.Fingerprint(Files), FileStanding(Main(_path)));
        }
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

    /// <summary>Known by its content; while nobody has read it, by its name.</summary>
    private static ItemDraft OfSlide(string path, string content)
    {
        var patient = Patients.OfName(path);
        return new(content.Length > 0 ? ItemId.OfContent(patient, content) : ItemId.OfSlide(patient, path), ItemKind.Slide, patient, path);
    }

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
            : WhenQuiet(scene, folder, Files);
    }

    /// <summary>The same slide may lie there under several names: the first that is whole stands for all, whatever becomes of the others.</summary>
    private ItemObservation ObserveSlide(DropScene scene)
    {
        var standings = _bySlide.Select(slide => (Path: slide.Key, Standing: SlideStanding(slide.Key, slide.Value, scene))).ToList();
        var (path, standing) = standings.Find(slide => slide.Standing is Standing.Complete) is { Path: not null } whole ? whole : standings[0];
        var content = _bySlide.Keys.Select(slide => Main(slide).Probe).OfType<ProbeResult.Slide>().FirstOrDefault()?.Content is { Length: > 0 } known ? known : DropItems.Fingerprint(Files);
        return new ItemObservation(Id, _kind, _patient, path, content, standing);
    }

    private Standing SlideStanding(string path, List<ObservedFile> files, DropScene scene) =>
        Main(path).Probe is not ProbeResult.Slide || files.Exists(file => !file.IsStable(scene.Now, scene.Settings)) ? new Standing.Growing()
        : SlideFiles.HasCompanions(path) ? WhenQuiet(scene, path.LastIndexOf('/') is var cut and >= 0 ? path[..cut] : "", files)
        : new Standing.Complete();

    private ObservedFile Main(string path) => Files.Find(file => file.Path == path)!;

    private static Standing WhenQuiet(DropScene scene, string folder, List<ObservedFile> files) =>
        scene.IsDeclaredDone(folder) || scene.Now - files.Max(file => file.Since) >= scene.Settings.QuietPeriod
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
