using System.Text.Json;
using System.Text.Json.Serialization;

namespace MhdNet.Ingest.Sequences;

/// <summary>How manifests, and every other JSON file of a work folder, are written.</summary>
public static class WorkJson
{
    /// <summary>snake_case names, enums as words, indented, nulls left out.</summary>
    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
