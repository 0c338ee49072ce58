using System.Text.Json;
using System.Text.Json.Serialization;
using MhdNet.Ingest.Items;

namespace MhdNet.Host.Workers;

/// <summary>An outcome as an array: <c>["done", 3, null]</c>, <c>["rejected", code, sentence]</c>, <c>["failed", code, sentence]</c>.</summary>
internal sealed class OutcomeJson : JsonConverter<Outcome>
{
    public override Outcome Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return document.RootElement is { ValueKind: JsonValueKind.Array } array && array.GetArrayLength() == 3
            ? (array[0].GetString(), array[1], array[2]) switch
            {
                ("done", var sequences, var note) => new Outcome.Done(sequences.GetInt32(), note.GetString()),
                ("rejected", var code, var sentence) => new Outcome.Rejected(new Reason(code.GetString()!, sentence.GetString()!)),
                ("failed", var code, var sentence) => new Outcome.Failed(new Reason(code.GetString()!, sentence.GetString()!)),
                var (word, _, _) => throw new JsonException($"no outcome is called '{word}'"),
            }
            : throw new JsonException("an outcome is an array of three");
    }

    public override void Write(Utf8JsonWriter writer, Outcome value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        switch (value)
        {
            case Outcome.Done done:
                writer.WriteStringValue("done");
                writer.WriteNumberValue(done.Sequences);
                writer.WriteStringValue(done.Note);
                break;
            case Outcome.Rejected { Reason: var reason }:
                Reason(writer, "rejected", reason);
                break;
            case Outcome.Failed { Reason: var reason }:
                Reason(writer, "failed", reason);
                break;
            default:
                throw new JsonException($"an outcome of the type {value.GetType().Name} is not known here");
        }

        writer.WriteEndArray();
    }

    private static void Reason(Utf8JsonWriter writer, string word, Reason reason)
    {
        writer.WriteStringValue(word);
        writer.WriteStringValue(reason.Code);
        writer.WriteStringValue(reason.Sentence);
    }
}
