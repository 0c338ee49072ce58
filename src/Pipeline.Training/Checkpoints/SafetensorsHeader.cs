using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MhdNet.Training.Checkpoints;

/// <summary>The JSON header of a safetensors file.</summary>
/// <param name="Metadata">Free text by key.</param>
/// <param name="Entries">Where each tensor stands, in that order.</param>
/// <param name="DataStart">Offset of the data in the file.</param>
internal sealed record SafetensorsHeader(IReadOnlyDictionary<string, string> Metadata, IReadOnlyList<SafetensorsHeader.Entry> Entries, long DataStart)
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads a header and checks that its tensors fill the file without gap or overlap.</summary>
    /// <exception cref="InvalidDataException">They do not; the message names the file.</exception>
    public static SafetensorsHeader Parse(string json, long dataStart, long fileLength, string path)
    {
        using var document = JsonDocument.Parse(json);
        var metadata = new Dictionary<string, string>();
        var entries = new List<Entry>();
        foreach (var property in document.RootElement.EnumerateObject())
        {
            if (property.Name == "__metadata__")
            {
                metadata = property.Value.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString() ?? throw new JsonException($"metadata '{p.Name}' is no text"));
                continue;
            }

            var entry = Read(property, path);
            entries.Add(entries.All(e => e.Name != entry.Name) ? entry : throw new InvalidDataException($"{path} names tensor '{entry.Name}' twice."));
        }

        entries = [.. entries.OrderBy(e => e.Begin).ThenBy(e => e.End)];
        var end = 0L;
        foreach (var next in entries)
        {
            var wanted = next.Shape.Aggregate((long)StoredTensor.Size(next.Type), (product, length) => checked(product * length));
            if (next.Begin != end || next.End - next.Begin != wanted)
            {
                throw new InvalidDataException($"{path}: tensor '{next.Name}' of shape [{string.Join(", ", next.Shape)}] should stand at {end} to {end + wanted}, but the header says {next.Begin} to {next.End}.");
            }

            end = next.End;
        }

        return fileLength - dataStart == end
            ? new SafetensorsHeader(metadata, entries, dataStart)
            : throw new InvalidDataException(fileLength - dataStart < end
                ? $"{path} is cut short: {fileLength - dataStart} of {end} bytes of tensors are there. Take another checkpoint, or let it be written again."
                : $"{path} has {fileLength - dataStart - end} bytes after its last tensor; it was damaged or is not ours.");
    }

    /// <summary>The header's bytes, padded with spaces so that the data begins at a multiple of 8.</summary>
    public static byte[] Write(IReadOnlyDictionary<string, string> metadata, IEnumerable<KeyValuePair<string, StoredTensor>> tensors)
    {
        var header = new JsonObject();
        if (metadata.Count > 0)
        {
            header["__metadata__"] = new JsonObject(metadata.Select(m => KeyValuePair.Create(m.Key, (JsonNode?)JsonValue.Create(m.Value))));
        }

        var offset = 0L;
        foreach (var (name, tensor) in tensors)
        {
            header[name] = new JsonObject
            {
                ["dtype"] = tensor.Type.ToString(),
                ["shape"] = new JsonArray([.. tensor.Shape.Select(length => (JsonNode)length)]),
                ["data_offsets"] = new JsonArray(offset, offset + tensor.Data.Length),
            };
            offset += tensor.Data.Length;
        }

        var bytes = Encoding.UTF8.GetBytes(header.ToJsonString(Plain));
        return [.. bytes, .. Enumerable.Repeat((byte)' ', (8 - (bytes.Length % 8)) % 8)];
    }

    private static Entry Read(JsonProperty property, string path)
    {
        var type = property.Value.GetProperty("dtype").GetString();
        long[] shape = [.. property.Value.GetProperty("shape").EnumerateArray().Select(length => length.GetInt64())];
        long[] offsets = [.. property.Value.GetProperty("data_offsets").EnumerateArray().Select(offset => offset.GetInt64())];
        if (offsets.Length != 2 || shape.Any(length => length < 0))
        {
            throw new FormatException($"tensor '{property.Name}' has {offsets.Length} offsets and shape [{string.Join(", ", shape)}]");
        }

        return Enum.TryParse<StoredType>(type, out var known) && Enum.IsDefined(known)
            ? new Entry(property.Name, known, shape, offsets[0], offsets[1])
            : throw new InvalidDataException($"{path}: tensor '{property.Name}' is of type {type}; only F32, I64 and U8 occur in the files of this program.");
    }

    /// <summary>One tensor's place in the data.</summary>
    internal sealed record Entry(string Name, StoredType Type, IReadOnlyList<long> Shape, long Begin, long End);
}
