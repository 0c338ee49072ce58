using System.IO.Hashing;
using System.Text.Json;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Ledger;
using MhdNet.Ingest.Sequences;

namespace MhdNet.Ingest.Verification;

/// <summary>One finished item against its folder: every sequence is there and has the bytes that were stored.</summary>
/// <param name="Faults">What is wrong.</param>
/// <param name="Sequences">Sequences whose bytes were read.</param>
/// <param name="Bytes">How many bytes these are.</param>
/// <param name="Unhashed">Whether an older version stored it, without hashes: then only names and numbers could be compared.</param>
internal sealed record ItemCheck(IReadOnlyList<Fault> Faults, int Sequences, long Bytes, bool Unhashed)
{
    /// <summary>Checks an item that is done.</summary>
    public static ItemCheck Of(ItemRecord item, SequenceStore store)
    {
        if (!store.Contains(item.Id))
        {
            return Broken(item, "missing", $"{store.Folder(item.Id)} has no manifest.json, so its {Counted.Of(item.Sequences, "sequence")} are not there.");
        }

        if (item.Manifest is { } recorded && store.ManifestHash(item.Id) != recorded)
        {
            return Broken(item, "altered", $"{store.Folder(item.Id)}/manifest.json is not the one that was stored (SHA-256 differs), so nothing can be said of its sequences.");
        }

        try
        {
            return Files(item, store, store.ReadManifest<JsonElement, JsonElement>(item.Id));
        }
        catch (InvalidDataException e)
        {
            return Broken(item, "altered", e.Message);
        }
    }

    private static ItemCheck Files(ItemRecord item, SequenceStore store, Manifest<JsonElement, JsonElement> manifest)
    {
        var faults = new List<Fault>();
        var (read, bytes) = (0, 0L);
        if (manifest.Item != item.Id.Value || manifest.Sequences.Count != item.Sequences)
        {
            faults.Add(Fault(item, "altered", $"{store.Folder(item.Id)}/manifest.json speaks of {Counted.Of(manifest.Sequences.Count, "sequence")} of {manifest.Item}, the ledger of {item.Sequences} of {item.Id}."));
        }

        foreach (var sequence in manifest.Sequences)
        {
            var path = Path.Combine(store.Folder(item.Id), sequence.File);
            if (!File.Exists(path))
            {
                faults.Add(Fault(item, "missing", $"{path} is not there."));
                continue;
            }

            using var file = File.OpenRead(path);
            (read, bytes) = (read + 1, bytes + file.Length);
            if (sequence.Xxh128 is { } stored && Hash(file) != stored)
            {
                faults.Add(Fault(item, "altered", $"{path} ({file.Length} bytes) is not what was stored: its hash (XXH128) differs."));
            }
        }

        var known = manifest.Sequences.Select(sequence => sequence.File).Append("manifest.json");
        faults.AddRange(Directory.EnumerateFileSystemEntries(store.Folder(item.Id)).Select(Path.GetFileName).Except(known)
            .Select(name => new Fault(item.Id.Value, "orphan", $"{store.Folder(item.Id)}/{name} is in no manifest. Nothing reads it; remove it.")));
        return new ItemCheck(faults, read, bytes, item.Manifest is null || manifest.Sequences.Any(sequence => sequence.Xxh128 is null));
    }

    private static string Hash(Stream file)
    {
        var hash = new XxHash128();
        hash.Append(file);
        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    private static ItemCheck Broken(ItemRecord item, string code, string what) => new([Fault(item, code, what)], 0, 0, Unhashed: false);

    private static Fault Fault(ItemRecord item, string code, string what) => new(item.Id.Value, code, what + (item.Content.Length > 0
        ? $" 'mhdnet retry {item.Id}' makes them anew."
        : $" Copy {(item.Path.Length > 0 ? item.Path : "its files")} into the drop folder again, and they are made anew."));
}
