namespace MhdNet.Ingest.Drop;

/// <summary>
/// Which files are whole-slide images, and which only belong to one. A MIRAX slide (<c>x.mrxs</c>) has a folder <c>x</c> beside it; Hamamatsu's VMS and
/// VMU slides have pictures beside them, in the same folder. Formats: https://openslide.org/formats/.
/// </summary>
public sealed class SlideFiles
{
    private static readonly HashSet<string> Extensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ".svs", ".tif", ".tiff", ".ndpi", ".mrxs", ".scn", ".vms", ".vmu", ".bif", ".svslide",
    };

    private static readonly HashSet<string> Pictures = new(StringComparer.OrdinalIgnoreCase) { ".jpg", ".jpeg", ".opt", ".ngr" };

    private readonly Dictionary<string, string> _slideOfFolder = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _indexesInFolder = new(StringComparer.Ordinal);

    /// <summary>Learns the slides of several files among all files of a drop folder.</summary>
    /// <param name="paths">Relative paths, with <c>/</c>.</param>
    public SlideFiles(IEnumerable<string> paths)
    {
        foreach (var path in paths)
        {
            if (Is(path, ".mrxs"))
            {
                _slideOfFolder[path[..^5]] = path;
            }
            else if (IsIndex(path))
            {
                var folder = Folder(path);
                if (!_indexesInFolder.TryGetValue(folder, out var indexes))
                {
                    _indexesInFolder[folder] = indexes = [];
                }

                indexes.Add(path);
            }
        }
    }

    /// <summary>Whether the name is one of a whole-slide image.</summary>
    public static bool IsSlide(string path) => Extensions.GetAlternateLookup<ReadOnlySpan<char>>().Contains(Path.GetExtension(path.AsSpan()));

    /// <summary>Whether a slide of this name has further files.</summary>
    public static bool HasCompanions(string path) => Is(path, ".mrxs") || IsIndex(path);

    /// <summary>The slide that a file is, or belongs to; null where neither.</summary>
    public string? SlideOf(string path) => OwnerOf(path) ?? (IsSlide(path) ? path : null);

    private string? OwnerOf(string path)
    {
        if (_slideOfFolder.Count > 0)
        {
            for (var folder = Folder(path); folder.Length > 0; folder = Folder(folder))
            {
                if (_slideOfFolder.TryGetValue(folder, out var slide))
                {
                    return slide;
                }
            }
        }

        return _indexesInFolder.Count > 0 && _indexesInFolder.TryGetValue(Folder(path), out var indexes) && Pictures.Contains(Path.GetExtension(path))
            ? indexes.OrderByDescending(index => SharedStart(index, path)).ThenBy(index => index, StringComparer.Ordinal).First()
            : null;
    }

    /// <summary>The files of each slide but the slide itself, by slide; only of formats that have further files.</summary>
    /// <param name="files">All files.</param>
    public ILookup<string, ObservedFile> Companions(IEnumerable<ObservedFile> files) => (_slideOfFolder.Count + _indexesInFolder.Count == 0 ? [] : files)
        .Select(file => (Slide: OwnerOf(file.Path), File: file)).Where(pair => pair.Slide is not null && pair.Slide != pair.File.Path)
        .ToLookup(pair => pair.Slide!, pair => pair.File, StringComparer.Ordinal);

    private static int SharedStart(string index, string path) => index.AsSpan().CommonPrefixLength(path);

    private static bool IsIndex(string path) => Is(path, ".vms") || Is(path, ".vmu");

    private static bool Is(string path, string extension) => path.EndsWith(extension, StringComparison.OrdinalIgnoreCase);

    private static string Folder(string path) => path.LastIndexOf('/') is var cut and >= 0 ? path[..cut] : "";
}
