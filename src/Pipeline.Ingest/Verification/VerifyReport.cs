using System.Text.Json;
using System.Text.Json.Serialization;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Sequences;

namespace MhdNet.Ingest.Verification;

/// <summary>What <c>mhdnet verify</c> found.</summary>
/// <param name="Items">Finished items that were compared.</param>
/// <param name="Sequences">Sequences whose bytes were read.</param>
/// <param name="Bytes">How many bytes these are.</param>
/// <param name="Unhashed">Items of an older version, whose names and numbers alone could be compared.</param>
/// <param name="Faults">What is not as it should be, by item.</param>
public sealed record VerifyReport(int Items, int Sequences, long Bytes, int Unhashed, IReadOnlyList<Fault> Faults)
{
    private static readonly JsonSerializerOptions Form = new(WorkJson.Options) { DefaultIgnoreCondition = JsonIgnoreCondition.Never };

    /// <summary>The whole in one sentence.</summary>
    public string Sentence => FormattableString.Invariant(
        $"{Counted.Of(Items, "item")} done, {Counted.Of(Sequences, "sequence")} ({Bytes / 1e6:0.#} MB) read: {(Faults.Count == 0 ? "all are as the ledger has them" : Counted.Of(Faults.Count, "fault"))}.")
        + (Unhashed > 0 ? $" {Counted.Of(Unhashed, "item")} of an older version {(Unhashed == 1 ? "has" : "have")} no hashes; names and numbers alone were compared." : "");

    /// <summary>The report as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Form);
}
