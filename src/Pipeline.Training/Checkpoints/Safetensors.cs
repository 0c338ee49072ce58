using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using System.Text.Json;

namespace MhdNet.Training.Checkpoints;

/// <summary>
/// The safetensors format (huggingface/safetensors): 8 bytes length of the header, a JSON header that names type, shape and place of each tensor, then
/// the data without gaps. Any PyTorch reads it, and reading it runs no code. The metadata <c>xxh128</c> is a hash over the tensors' names, types, shapes and data, against damage that leaves the form whole; files without it are read too.
/// </summary>
public static class Safetensors
{
    private const string HashKey = "xxh128";
    private const int LongestHeader = 100_000_000; // the format's own limit

    /// <summary>Reads a whole file.</summary>
    /// <exception cref="InvalidDataException">Missing, truncated, damaged or not of this format; the message names the file.</exception>
    public static SafetensorsContent Read(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
            var header = Header(file, path);
            var tensors = new Dictionary<string, StoredTensor>();
            foreach (var entry in header.Entries)
            {
                var data = new byte[entry.End - entry.Begin];
                file.ReadExactly(data);
                tensors.Add(entry.Name, new StoredTensor(entry.Type, entry.Shape, data));
            }

            if (header.Metadata.GetValueOrDefault(HashKey) is { } written && written != Hash(tensors))
            {
                throw new InvalidDataException($"{path} is damaged: its tensors are not those that were written ({HashKey} in its metadata differs). Take another checkpoint, or let it be written again; if a program of yours changed it, leave {HashKey} out of its metadata.");
            }

            return new SafetensorsContent(header.Metadata, tensors);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InvalidDataException($"{path} is missing.", e);
        }
        catch (EndOfStreamException e)
        {
            throw new InvalidDataException($"{path} became shorter while it was read.", e);
        }
    }

    /// <summary>Reads the metadata only.</summary>
    /// <exception cref="InvalidDataException">As <see cref="Read"/>.</exception>
    public static IReadOnlyDictionary<string, string> ReadMetadata(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            return Header(file, path).Metadata;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InvalidDataException($"{path} is missing.", e);
        }
    }

    /// <summary>Writes a file under a temporary name, flushes it to the disk and renames it: under its own name it is whole, or not there.</summary>
    public static void Write(string path, IReadOnlyDictionary<string, string> metadata, IEnumerable<KeyValuePair<string, StoredTensor>> tensors)
    {
        var ordered = tensors.OrderByDescending(t => StoredTensor.Size(t.Value.Type)).ThenBy(t => t.Key, StringComparer.Ordinal).ToArray();
        var header = SafetensorsHeader.Write(new Dictionary<string, string>(metadata) { [HashKey] = Hash(ordered) }, ordered);
        var temporary = path + ".tmp";
        using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
        {
            Span<byte> length = stackalloc byte[8];
            BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
            file.Write(length);
            file.Write(header);
            foreach (var (_, tensor) in ordered)
            {
                file.Write(tensor.Data);
            }

            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
        Results.FolderSync.Flush(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    private static string Hash(IEnumerable<KeyValuePair<string, StoredTensor>> tensors)
    {
        var hash = new XxHash128();
        foreach (var (name, tensor) in tensors.OrderBy(each => each.Key, StringComparer.Ordinal)) // whatever their order in the file
        {
            hash.Append(Encoding.UTF8.GetBytes($"{name} {tensor.Type} [{string.Join(',', tensor.Shape)}]\n"));
            hash.Append(tensor.Data);
        }

        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    /// <summary>Reads the header; the file then stands at its data.</summary>
    private static SafetensorsHeader Header(FileStream file, string path)
    {
        Span<byte> start = stackalloc byte[8];
        if (file.ReadAtLeast(start, 8, throwOnEndOfStream: false) < 8)
        {
            throw new InvalidDataException($"{path} has {file.Length} bytes and is no safetensors file.");
        }

        var length = BinaryPrimitives.ReadInt64LittleEndian(start);
        if (length is < 2 or > LongestHeader)
        {
            throw new InvalidDataException($"{path} is no safetensors file: its first 8 bytes give a header of {length} bytes.");
        }

        if (length > file.Length - 8)
        {
            throw new InvalidDataException($"{path} is cut short: it has {file.Length} bytes, and its header alone needs {length + 8}.");
        }

        var text = new byte[length];
        file.ReadExactly(text);
        try
        {
            return SafetensorsHeader.Parse(Encoding.UTF8.GetString(text), length + 8, file.Length, path);
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException or OverflowException or KeyNotFoundException)
        {
            throw new InvalidDataException($"{path} is no safetensors file: its header is not of the format's form ({e.Message}).", e);
        }
    }
}
