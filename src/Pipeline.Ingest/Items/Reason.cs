namespace MhdNet.Ingest.Items;

/// <summary>Why an item did not become sequences.</summary>
/// <param name="Code">Short and stable, for programs: <c>localizer</c>, <c>truncated</c>, <c>no-tissue</c>.</param>
/// <param name="Sentence">For people: names the file, what is wrong with it in numbers, and what to do.</param>
public sealed record Reason(string Code, string Sentence)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Code}: {Sentence}";
}
