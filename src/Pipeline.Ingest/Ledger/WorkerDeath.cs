namespace MhdNet.Ingest.Ledger;

/// <summary>How a worker's process ended while it read an item.</summary>
/// <param name="How">For people: <c>signal 11 (SIGSEGV), exit code 139</c>.</param>
/// <param name="After">How long it had read the item.</param>
/// <param name="LastLines">The last lines on its standard error; none where it said nothing.</param>
/// <param name="Limit">The setting that it went beyond, which a good file may need, too: <c>mhdnet.dispatch.time-limit</c>; null where it went beyond none.</param>
public sealed record WorkerDeath(string How, TimeSpan After, IReadOnlyList<string> LastLines, string? Limit = null);
