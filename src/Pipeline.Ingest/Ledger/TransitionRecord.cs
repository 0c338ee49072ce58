using MhdNet.Ingest.Items;

namespace MhdNet.Ingest.Ledger;

/// <summary>One row of the ledger's table <c>transitions</c>.</summary>
/// <param name="Item">The item.</param>
/// <param name="At">When.</param>
/// <param name="From">The state it left; null for a new item.</param>
/// <param name="To">The state it entered; null when the item was removed from the ledger.</param>
/// <param name="Reason">Why, where there was a reason.</param>
public sealed record TransitionRecord(ItemId Item, DateTimeOffset At, ItemState? From, ItemState? To, Reason? Reason);
