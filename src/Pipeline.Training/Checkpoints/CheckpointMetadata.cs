using System.Text.Json;
using MhdNet.Ingest.Sequences;
using MhdNet.Training.Options;

namespace MhdNet.Training.Checkpoints;

/// <summary>What a checkpoint says about itself: <c>options</c> (options.json as text) and <c>labels</c> (JSON list: the types, then <c>other</c>).</summary>
public static class CheckpointMetadata
{
    /// <summary>What a network sees and computes; the other fields tell how it was trained, or show in its tensors.</summary>
    private static readonly string[] Meaning =
        ["frames", "size", "width", "kappa", "attention_kernel", "reduction", "memory_items", "read_temperature", "fusion", "window_low", "window_high"];

    /// <summary>The metadata of a network with these options.</summary>
    public static IReadOnlyDictionary<string, string> Of(MhdOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new Dictionary<string, string>
        {
            ["options"] = OptionsFile.Write(options),
            ["labels"] = JsonSerializer.Serialize<string[]>([.. options.Types, "other"], WorkJson.Options),
        };
    }

    /// <summary>The options a checkpoint was trained with, its types those of the labels.</summary>
    /// <exception cref="InvalidDataException">Missing, or not a checkpoint; the message names the file.</exception>
    public static MhdOptions Read(string path)
    {
        var metadata = Safetensors.ReadMetadata(path);
        if (!metadata.TryGetValue("options", out var options) || !metadata.TryGetValue("labels", out var labels))
        {
            throw new InvalidDataException($"{path} is no checkpoint: its metadata has {(metadata.Count == 0 ? "no keys" : "the keys " + string.Join(", ", metadata.Keys))}, not 'options' and 'labels'.");
        }

        try
        {
            var names = JsonSerializer.Deserialize<string[]>(labels) ?? [];
            return names.Length > 1 && names[^1] == "other"
                ? OptionsFile.Parse(options, $"the options in {path}") with { Types = names[..^1] }
                : throw new InvalidDataException($"{path}: its labels are {labels}, not the types followed by 'other'.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path}: its labels are {labels}, not a JSON list of names.", e);
        }
    }

    /// <summary>Checks that a checkpoint's network is the one that these options describe: that it sees what they say, computes as they say, and that its logits mean what their types say, in the same order.</summary>
    /// <exception cref="InvalidDataException">It is not, or it is no checkpoint; the message names the file and what differs.</exception>
    public static void Require(string path, MhdOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var own = Read(path);
        if (!own.Types.SequenceEqual(options.Types))
        {
            throw new InvalidDataException($"{path} was trained on the types {string.Join(", ", own.Types)}, not on {string.Join(", ", options.Types)}.");
        }

        if (OptionsFile.Differences(own, options, Meaning) is { Count: > 0 } differences)
        {
            throw new InvalidDataException($"{path} belongs to other options: in it {string.Join("; ", differences)}.");
        }
    }
}
