using MhdNet.Ingest.Items;

namespace MhdNet.Ingest.Ledger;

// What the ledger's actor understands and answers. Every request that cannot be stored is answered with LedgerFailed, and nothing of it is stored.

/// <summary>What is known from earlier: answered with <see cref="Known"/>.</summary>
public sealed record GetKnown;

/// <summary>Files in the form in which they were probed, and all items.</summary>
public sealed record Known(IReadOnlyList<FileRecord> Files, IReadOnlyList<ItemId> Items);

/// <summary>A look at the drop folder, all of it or nothing: answered with <see cref="Stored"/>.</summary>
/// <param name="Look">A number that comes back with the answer.</param>
/// <param name="Files">Files to enter or replace.</param>
/// <param name="FilesGone">Files that are not there any more, or not in the form in which they were probed; to be removed before others are entered.</param>
/// <param name="Items">Items that are new or stand otherwise.</param>
/// <param name="ItemsGone">Items without any file left.</param>
public sealed record Observed(
    long Look, IReadOnlyList<FileRecord> Files, IReadOnlyList<string> FilesGone, IReadOnlyList<ItemObservation> Items, IReadOnlyList<ItemId> ItemsGone);

/// <summary>A look is in the ledger.</summary>
public sealed record Stored(long Look, ItemCounts Counts);

/// <summary>Asks for work: answered with <see cref="Jobs"/>. The items are then running.</summary>
public sealed record TakeReady(int Max);

/// <summary>Asks for one item by name, without waiting for its next try: answered with <see cref="Jobs"/>, empty unless the item is ready.</summary>
public sealed record TakeItem(ItemId Item);

/// <summary>Work; empty when there is none now.</summary>
/// <param name="Items">The jobs.</param>
/// <param name="NextRetry">When an item that waits for its next try becomes due, where there is one.</param>
public sealed record Jobs(IReadOnlyList<Job> Items, DateTimeOffset? NextRetry);

/// <summary>A job ended: answered with <see cref="ItemStored"/>. Twice the same message does no harm.</summary>
/// <param name="Item">The item.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Duration">How long it took.</param>
/// <param name="Attempt">The job's attempt; an answer for another attempt than the present one changes nothing. Null: not checked.</param>
public sealed record JobFinished(ItemId Item, Outcome Outcome, TimeSpan Duration, int? Attempt = null);

/// <summary>A job was not done, through no fault of its own; the attempt does not count. Answered with <see cref="ItemStored"/>.</summary>
public sealed record JobReturned(ItemId Item);

/// <summary>The worker's process ended while it read the item: answered with <see cref="ItemStored"/>. Twice the same message does no harm.</summary>
/// <param name="Item">The item.</param>
/// <param name="Attempt">The job's attempt.</param>
/// <param name="Deaths">The item's deaths before this one; for another number nothing changes.</param>
/// <param name="Death">How it ended.</param>
public sealed record JobDied(ItemId Item, int Attempt, int Deaths, WorkerDeath Death);

/// <summary>A machine was lost while it read the item: answered with <see cref="ItemStored"/>. Twice the same message does no harm.</summary>
/// <param name="Item">The item.</param>
/// <param name="Attempt">The job's attempt.</param>
/// <param name="Losses">The machines lost with the item before this one; for another number nothing changes.</param>
/// <param name="Loss">How it was lost.</param>
public sealed record JobLost(ItemId Item, int Attempt, int Losses, MachineLoss Loss);

/// <summary>A machine that was lost with the item is back, and had only been cut off: answered with <see cref="ItemStored"/>.</summary>
/// <param name="Item">The item.</param>
/// <param name="Machine">The machine's name.</param>
public sealed record JobAcquitted(ItemId Item, string Machine);

/// <summary>Nobody works on anything any more: running items go back to the queue. Answered with <see cref="RunningReturned"/>.</summary>
public sealed record ReturnRunning;

/// <summary>These items are ready again.</summary>
public sealed record RunningReturned(IReadOnlyList<ItemId> Items);

/// <summary>Puts a finished item back to work: answered with <see cref="ItemStored"/>.</summary>
public sealed record Retry(ItemId Item);

/// <summary>Removes all that is kept of a patient: answered with <see cref="PatientForgotten"/>. Twice the same message does no harm.</summary>
public sealed record ForgetPatient(string Patient);

/// <summary>A patient's rows, sequences and pictures are gone. Also published on the event stream, after an <see cref="ItemForgotten"/> for each item.</summary>
public sealed record PatientForgotten;

/// <summary>How the item stands now; null when the ledger does not know it.</summary>
public sealed record ItemStored(ItemId Item, ItemRecord? Record);

/// <summary>A training run began, went on or ended: answered with <see cref="RunStored"/>.</summary>
public sealed record RunChanged(RunRecord Run);

/// <summary>The run is in the ledger. Also published on the event stream.</summary>
public sealed record RunStored(RunRecord Run);

/// <summary>Asks for all items, or those in one state: answered with <see cref="ItemList"/>.</summary>
public sealed record GetItems(ItemState? State = null);

/// <summary>Items by patient, kind and path.</summary>
public sealed record ItemList(IReadOnlyList<ItemRecord> Items);

/// <summary>Asks for one item: answered with <see cref="ItemStored"/>.</summary>
public sealed record GetItem(ItemId Item);

/// <summary>Asks for all training runs: answered with <see cref="RunList"/>.</summary>
public sealed record GetRuns;

/// <summary>Runs, oldest first.</summary>
public sealed record RunList(IReadOnlyList<RunRecord> Runs);

/// <summary>Asks how many items are in each state: answered with <see cref="ItemCounts"/>.</summary>
public sealed record CountItems;

/// <summary>A request could not be carried out; nothing of it is stored, and it may be sent again.</summary>
/// <param name="Request">The message.</param>
/// <param name="Reason">What SQLite said (<c>ledger-write</c>), or why the request makes no sense (<c>ledger-rule</c>).</param>
public sealed record LedgerFailed(object Request, Reason Reason);

/// <summary>Published on the event stream after an item's row changed and is on disk.</summary>
/// <param name="Item">The row.</param>
public sealed record ItemChanged(ItemRecord Item);

/// <summary>Published on the event stream after an item was removed from the ledger, because nothing was ever made of it and its files are gone, or because its patient was forgotten.</summary>
public sealed record ItemForgotten(ItemId Item);

/// <summary>Published on the event stream: another host has opened the work folder since, so this one has to end.</summary>
/// <param name="Sentence">The same for people.</param>
public sealed record Superseded(string Sentence);
