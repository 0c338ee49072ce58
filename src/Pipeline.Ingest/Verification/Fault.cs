namespace MhdNet.Ingest.Verification;

/// <summary>Something that is not on disk as the ledger has it.</summary>
/// <param name="Item">The item, or the name of the folder or file that is no item's.</param>
/// <param name="Code">Short and stable, for programs: <c>missing</c>, <c>altered</c>, <c>orphan</c>.</param>
/// <param name="Sentence">For people: what is wrong, and what to do.</param>
public sealed record Fault(string Item, string Code, string Sentence);
