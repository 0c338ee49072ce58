using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using MhdNet.Ingest.Sequences;

namespace MhdNet.Training.Options;

/// <summary>Options as JSON: presets, a run's <c>options.json</c>, the metadata of a checkpoint. Fields that are left out keep their defaults.</summary>
public static class OptionsFile
{
    private static readonly JsonSerializerOptions Strict = new(WorkJson.Options) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, TypeInfoResolver = new DefaultJsonTypeInfoResolver() };

    private static readonly JsonPropertyInfo[] Fields = [.. Strict.GetTypeInfo(typeof(MhdOptions)).Properties];

    /// <summary>Reads an options file and applies overrides to it.</summary>
    /// <param name="path">A JSON object with snake_case names.</param>
    /// <param name="overrides">Each <c>name=value</c>; lists with commas: <c>memory_items=64,64,16</c>.</param>
    /// <exception cref="InvalidDataException">Not JSON, an unknown field, or a value of the wrong kind; the message names the file or the override.</exception>
    public static MhdOptions Read(string path, params IEnumerable<string> overrides) => Override(Parse(File.ReadAllText(path), path), overrides);

    /// <summary>Reads options from text.</summary>
    /// <param name="json">A JSON object.</param>
    /// <param name="source">Where the text stands, for messages.</param>
    /// <exception cref="InvalidDataException">As <see cref="Read"/>.</exception>
    public static MhdOptions Parse(string json, string source)
    {
        try
        {
            var document = JsonNode.Parse(json, documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, AllowDuplicateProperties = false });
            if (document is not JsonObject fields)
            {
                throw new InvalidDataException($"{source} holds no JSON object of options.");
            }

            return Convert(fields, source);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{source} is not JSON: {e.Message}", e);
        }
    }

    /// <summary>Applies overrides.</summary>
    /// <exception cref="InvalidDataException">As <see cref="Read"/>, or a field is given twice.</exception>
    public static MhdOptions Override(MhdOptions options, params IEnumerable<string> overrides)
    {
        var twice = overrides.GroupBy(text => Split(text).Name).FirstOrDefault(same => same.Count() > 1);
        if (twice is not null)
        {
            throw new InvalidDataException($"{twice.Key} is given {twice.Count()} times: {string.Join(", ", twice)}. Give it once.");
        }

        var fields = JsonSerializer.SerializeToNode(options, Strict)!.AsObject();
        foreach (var text in overrides)
        {
            var (name, value) = Split(text);
            var field = Fields.FirstOrDefault(f => f.Name == name) ?? throw Unknown(name, $"the override '{text}'");
            fields[name] = Value(field.PropertyType, value);
            options = Convert(fields, $"the override '{text}'");
        }

        return options;
    }

    /// <summary>The fields that overrides name.</summary>
    /// <exception cref="InvalidDataException">One is not of the form <c>name=value</c>.</exception>
    public static IReadOnlyList<string> Names(IEnumerable<string> overrides) => [.. overrides.Select(text => Split(text).Name).Distinct()];

    /// <summary>The fields in which options differ: <c>batch is 4, not 8</c>.</summary>
    /// <param name="given">What is shown first.</param>
    /// <param name="other">What it is compared with.</param>
    /// <param name="only">The fields to compare; null: all.</param>
    public static IReadOnlyList<string> Differences(MhdOptions given, MhdOptions other, IReadOnlyCollection<string>? only = null)
    {
        var (one, two) = (JsonSerializer.SerializeToNode(given, Strict)!.AsObject(), JsonSerializer.SerializeToNode(other, Strict)!.AsObject());
        return [.. Fields.Where(f => only is null || only.Contains(f.Name)).Where(f => !JsonNode.DeepEquals(one[f.Name], two[f.Name])).Select(f => $"{f.Name} is {one[f.Name]!.ToJsonString()}, not {two[f.Name]!.ToJsonString()}")];
    }

    /// <summary>The whole of the options as JSON.</summary>
    public static string Write(MhdOptions options) => JsonSerializer.Serialize(options, WorkJson.Options);

    /// <summary>A word of the options file: <c>mhd-net</c>.</summary>
    internal static string NameOf<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    private static (string Name, string Value) Split(string text) => text.IndexOf('=', StringComparison.Ordinal) is var at and > 0
        ? (text[..at].Trim(), text[(at + 1)..].Trim())
        : throw new InvalidDataException($"'{text}' is not of the form name=value, such as batch=4.");

    private static MhdOptions Convert(JsonObject fields, string source)
    {
        var known = Fields.Select(f => f.Name).ToHashSet();
        if (fields.Select(f => f.Key).FirstOrDefault(name => !known.Contains(name)) is { } unknown)
        {
            throw Unknown(unknown, source);
        }

        foreach (var field in Fields)
        {
            try
            {
                if (fields.TryGetPropertyValue(field.Name, out var value) && value.Deserialize(field.PropertyType, Strict) is null)
                {
                    throw new JsonException("it is null");
                }
            }
            catch (JsonException e)
            {
                throw new InvalidDataException($"{source}: {field.Name} is {fields[field.Name]?.ToJsonString() ?? "null"}, which is not {Kind(field.PropertyType)}.", e);
            }
        }

        return fields.Deserialize<MhdOptions>(Strict)!;
    }

    private static JsonNode? Value(Type type, string text) =>
        type == typeof(IReadOnlyList<string>) ? new JsonArray([.. Items(text).Select(item => JsonValue.Create(item))])
        : type == typeof(IReadOnlyList<int>) || type == typeof(IReadOnlyList<double>) ? new JsonArray([.. Items(text).Select(Scalar)])
        : type.IsEnum ? JsonValue.Create(text)
        : Scalar(text);

    private static string[] Items(string text) => text.Trim('[', ']').Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static JsonNode? Scalar(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return JsonValue.Create(text); // refused as a word where a number is due, by name
        }
    }

    private static string Kind(Type type) =>
        type == typeof(int) ? "a whole number" : type == typeof(double) ? "a number" : type == typeof(bool) ? "true or false"
        : type == typeof(IReadOnlyList<int>) ? "a list of whole numbers" : type == typeof(IReadOnlyList<double>) ? "a list of numbers" : type == typeof(IReadOnlyList<string>) ? "a list of names"
        : "one of " + string.Join(", ", Enum.GetNames(type).Select(n => JsonNamingPolicy.KebabCaseLower.ConvertName(n)));

    private static InvalidDataException Unknown(string name, string source) =>
        new($"{source}: no option is called '{name}'. The options are {string.Join(", ", Fields.Select(f => f.Name))}.");
}
