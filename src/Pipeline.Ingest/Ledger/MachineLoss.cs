namespace MhdNet.Ingest.Ledger;

/// <summary>How a machine was lost while it read an item.</summary>
/// <param name="How">For people: <c>machine nodeB was not heard of any more</c>.</param>
/// <param name="After">How long it had read the item.</param>
public sealed record MachineLoss(string How, TimeSpan After);
