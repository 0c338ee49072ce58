namespace MhdNet.Ingest.Ledger;

/// <summary>One row of the ledger's table <c>runs</c>: a training run.</summary>
/// <param name="Id">The name of its folder under <c>runs/</c>.</param>
/// <param name="Started">When it began.</param>
/// <param name="Finished">When it ended, or null.</param>
/// <param name="State"><c>running</c>, <c>done</c>, <c>stopped</c> or <c>failed</c>.</param>
/// <param name="Phase"><c>teacher</c>, <c>student</c>, <c>baseline</c>, or null before the first.</param>
/// <param name="Epoch">Epochs finished in this phase.</param>
/// <param name="Message">The last thing worth telling, or null.</param>
public sealed record RunRecord(string Id, DateTimeOffset Started, DateTimeOffset? Finished, string State, string? Phase, int Epoch, string? Message);
