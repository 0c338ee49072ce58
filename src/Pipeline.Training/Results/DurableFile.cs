using System.Text;
using System.Text.Json;
using MhdNet.Ingest.Sequences;

namespace MhdNet.Training.Results;

/// <summary>Small files of a run: staged beside their place, fsynced, renamed, so that a reader and a crash see the old one or the new one.</summary>
public static class DurableFile
{
    /// <summary>Writes a text.</summary>
    public static void Write(string path, string text) => Write(path, Encoding.UTF8.GetBytes(text));

    /// <summary>Writes bytes.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        var staged = path + ".new";
        using (var file = new FileStream(staged, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        File.Move(staged, path, overwrite: true);
        FolderSync.Flush(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    /// <summary>Writes a record as JSON.</summary>
    public static void WriteJson<T>(string path, T value) => Write(path, JsonSerializer.Serialize(value, WorkJson.Options) + "\n");

    /// <summary>Reads a record back.</summary>
    /// <exception cref="InvalidDataException">The file is not of that form; the message names it.</exception>
    public static T ReadJson<T>(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(File.ReadAllText(path), WorkJson.Options) ?? throw new JsonException("it is empty");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path} is not readable by this version ({e.Message}). Start a new run.", e);
        }
    }
}
