using System.Text.Json;
using MhdNet.Ingest.Sequences;

namespace MhdNet.Ingest.Ledger;

/// <summary>
/// What other processes ask of a host at work: JSON files in <c>requests/</c>. The host is the one writer of the ledger, so it carries them out and removes each when it is done.
/// </summary>
public static class RequestFiles
{
    /// <summary>The requests' files, oldest first.</summary>
    public static IReadOnlyList<string> Pending(string workFolder) =>
        [.. new DirectoryInfo(Folder(workFolder)).EnumerateFiles("*-*.json").OrderBy(file => file.LastWriteTimeUtc).Select(file => file.FullName)];

    /// <summary>Leaves a request; a reader sees all of it or nothing.</summary>
    /// <returns>The request's file.</returns>
    internal static string Post<T>(string workFolder, string kind, T request)
    {
        var file = Path.Combine(Folder(workFolder), $"{kind}-{Guid.NewGuid():N}.json");
        File.WriteAllBytes(file + ".new", JsonSerializer.SerializeToUtf8Bytes(request, WorkJson.Options));
        File.Move(file + ".new", file);
        return file;
    }

    /// <summary>Reads a request.</summary>
    /// <exception cref="InvalidDataException">The file is no request.</exception>
    internal static T Read<T>(string file)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(File.ReadAllBytes(file), WorkJson.Options) ?? throw new JsonException("it is empty");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{file} is no request of this version ({e.Message}). It is removed; give the command again.", e);
        }
    }

    private static string Folder(string workFolder) => Path.Combine(workFolder, "requests");
}
