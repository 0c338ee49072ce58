using System.Text.Json;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Sequences;

namespace MhdNet.Ingest.Ledger;

/// <summary>
/// Items that someone wants tried again while a host works on the folder. The host is the one writer of the ledger, so the wish is left as a file in
/// <c>requests/</c>; the host carries it out and removes the file.
/// </summary>
/// <param name="Items">The items' ids.</param>
public sealed record RetryRequest(IReadOnlyList<string> Items)
{
    /// <summary>Leaves a request; a reader sees all of it or nothing.</summary>
    /// <returns>The request's file.</returns>
    public static string Post(string workFolder, IEnumerable<ItemId> items)
    {
        var file = Path.Combine(Folder(workFolder), $"retry-{Guid.NewGuid():N}.json");
        File.WriteAllBytes(file + ".new", JsonSerializer.SerializeToUtf8Bytes(new RetryRequest([.. items.Select(item => item.Value)]), WorkJson.Options));
        File.Move(file + ".new", file);
        return file;
    }

    /// <summary>The requests' files, oldest first.</summary>
    public static IReadOnlyList<string> Pending(string workFolder) =>
        [.. new DirectoryInfo(Folder(workFolder)).EnumerateFiles("retry-*.json").OrderBy(file => file.LastWriteTimeUtc).Select(file => file.FullName)];

    /// <summary>The items of a request.</summary>
    /// <exception cref="InvalidDataException">The file is no request.</exception>
    public static IReadOnlyList<ItemId> Read(string file)
    {
        try
        {
            var request = JsonSerializer.Deserialize<RetryRequest>(File.ReadAllBytes(file), WorkJson.Options);
            return [.. (request?.Items ?? []).Select(item => new ItemId(item))];
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{file} is no request of this version ({e.Message}). It is removed; give the command again.", e);
        }
    }

    private static string Folder(string workFolder) => Path.Combine(workFolder, "requests");
}
