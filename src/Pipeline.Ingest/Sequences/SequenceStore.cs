using System.Security.Cryptography;
using System.Text.Json;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Ledger;

namespace MhdNet.Ingest.Sequences;

/// <summary>
/// The sequences of a work folder: <c>sequences/&lt;item&gt;/NNN.npy</c> with <c>manifest.json</c>, pictures in <c>quality/&lt;item&gt;.jpg</c>.
/// An item is staged elsewhere, fsynced and renamed into place, so what is there is whole.
/// </summary>
/// <param name="workFolder">The work folder.</param>
public sealed class SequenceStore(string workFolder)
{
    private readonly HostMark _mark = HostMark.Of(workFolder);

    /// <summary>The work folder.</summary>
    public string WorkFolder { get; } = workFolder;

    /// <summary>The folder of an item's sequences, present or not.</summary>
    public string Folder(ItemId item) => Path.Combine(WorkFolder, "sequences", item.Value);

    /// <summary>The quality picture of an item, present or not.</summary>
    public string Picture(ItemId item) => Path.Combine(WorkFolder, "quality", item.Value + ".jpg");

    /// <summary>What is known of an item that was rejected, present or not.</summary>
    public string Numbers(ItemId item) => Path.Combine(WorkFolder, "quality", item.Value + ".json");

    /// <summary>Whether the item is committed.</summary>
    public bool Contains(ItemId item) => File.Exists(Path.Combine(Folder(item), "manifest.json"));

    /// <summary>
    /// Begins to write an item; what an earlier attempt left in the staging folder is removed. Each attempt has a folder of its own: a worker whose host was superseded may still be at the same item.
    /// </summary>
    /// <exception cref="IOException">The work folder is away. Nothing is made in its place.</exception>
    /// <exception cref="SupersededException">Another host has opened the folder since.</exception>
    public SequenceWriter Stage(ItemId item)
    {
        _mark.RequireCurrent();
        RemoveStaged(item);
        var staging = Path.Combine(WorkFolder, "staging", $"{item}.{Path.GetRandomFileName()}");
        Directory.CreateDirectory(staging);
        return new SequenceWriter(staging, Folder(item), Picture(item), _mark);
    }

    /// <summary>Removes an item's sequences, picture and numbers. Does nothing where there are none.</summary>
    public void Remove(ItemId item)
    {
        RemoveSequences(item);
        File.Delete(Picture(item));
        File.Delete(Numbers(item));
    }

    /// <summary>
    /// Removes everything of an item: sequences, staged or not, pictures, numbers, table of tiles, and what a dry run planned; and, since they list it, the tables of all slides, which the next tiling writes anew.
    /// Does nothing where there is none.
    /// </summary>
    public void Erase(ItemId item)
    {
        RemoveSequences(item);
        CrashPoint.Reach("erasing");
        RemoveStaged(item);
        string[] folders = ["quality", "tiles", "plan/quality", "plan/tiles"], tables = ["summary.csv", "summary.md", "tiles.csv", "plan/plan.csv", "plan/ledger.db", "plan/ledger.db-wal", "plan/ledger.db-shm"];
        foreach (var file in folders.Select(InWork).Where(Directory.Exists).SelectMany(folder => Directory.GetFiles(folder, item.Value + ".*")).Concat(tables.Select(InWork).Where(File.Exists)))
        {
            File.Delete(file);
            CrashPoint.Reach("erasing");
        }
    }

    /// <summary>Removes an item's sequences, not the picture: it may tell why there are none. Does nothing where there are none.</summary>
    public void RemoveSequences(ItemId item)
    {
        if (Directory.Exists(Folder(item)))
        {
            Directory.Delete(Folder(item), recursive: true);
        }
    }

    private string InWork(string name) => Path.Combine(WorkFolder, name);

    private void RemoveStaged(ItemId item)
    {
        var staging = new DirectoryInfo(Path.Combine(WorkFolder, "staging"));
        if (!staging.Exists)
        {
            return;
        }

        foreach (var folder in staging.EnumerateDirectories(item + "*").Where(folder => folder.Name == item.Value || folder.Name.StartsWith(item + ".", StringComparison.Ordinal)))
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>SHA-256 of an item's manifest, hexadecimal, and with it of all its sequences, whose hashes the manifest holds; null where there is none.</summary>
    public string? ManifestHash(ItemId item)
    {
        var path = Path.Combine(Folder(item), "manifest.json");
        return File.Exists(path) ? Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))) : null;
    }

    /// <summary>Reads an item's manifest.</summary>
    /// <exception cref="InvalidDataException">The manifest is not one, or of another form; the message names the file.</exception>
    public Manifest<TFrame, TSource> ReadManifest<TFrame, TSource>(ItemId item)
    {
        var path = Path.Combine(Folder(item), "manifest.json");
        try
        {
            using var stream = File.OpenRead(path);
            return JsonSerializer.Deserialize<Manifest<TFrame, TSource>>(stream, WorkJson.Options) ?? throw new JsonException("it is empty");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path} is not a manifest of this version ({e.Message}). Remove its folder and put the item back with 'mhdnet retry', or use a new work folder.", e);
        }
    }
}
