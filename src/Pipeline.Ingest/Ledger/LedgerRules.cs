using MhdNet.Ingest.Items;
using static MhdNet.Ingest.Items.ItemState;

namespace MhdNet.Ingest.Ledger;

/// <summary>
/// How an item moves through the ledger. Pure: every function takes the row as it is and returns the rows it becomes, one after the other;
/// an empty list means that nothing changes.
/// </summary>
public static class LedgerRules
{
    /// <summary>The code of a failure for want of room on the disk. It says nothing of the item, so the attempt does not count.</summary>
    public const string DiskFull = "disk-full";

    /// <summary>The code of what ends its worker's process.</summary>
    public const string WorkerDied = "worker-died";

    /// <summary>The code of a failure of files that this user may not read. It is quarantined like others, and taken up again by itself once they may be read.</summary>
    public const string NoPermission = "no-permission";

    /// <summary>The code of what is not read because its patient was forgotten.</summary>
    public const string Forgotten = "forgotten";

    /// <summary>Whether an item may go from one state to the other.</summary>
    public static bool IsLegal(ItemState from, ItemState to) => (from, to) switch
    {
        (Seen, Ready or Rejected or Quarantined) => true,
        (Ready, Seen or Running or Rejected) => true,
        (Running, Ready or Done or Rejected or Quarantined) => true,
        (Done or Rejected or Quarantined, Seen or Ready) => true,
        _ => false,
    };

    /// <summary>A worker takes a ready item.</summary>
    public static ItemRecord Start(ItemRecord item, DateTimeOffset now) =>
        item with { State = Running, Attempts = item.Attempts + 1, RetryAt = null, UpdatedAt = now };

    /// <summary>A running job ended.</summary>
    public static IReadOnlyList<ItemRecord> Finish(ItemRecord item, Outcome outcome, TimeSpan duration, DateTimeOffset now, LedgerSettings settings)
    {
        if (item.State != Running)
        {
            return []; // the same answer came twice, or after the job was handed back
        }

        var ended = item with { UpdatedAt = now, Duration = duration, RetryAt = null, Changed = false };
        var next = outcome switch
        {
            Outcome.Done when item is { Changed: true, Content.Length: 0 } => ended with { State = Rejected, Sequences = 0, Note = null, Reason = Deleted(item) },
            Outcome.Done done => ended with { State = Done, Sequences = done.Sequences, Note = done.Note, Reason = null },
            Outcome.Rejected rejected => ended with { State = Rejected, Sequences = 0, Note = null, Reason = rejected.Reason },
            Outcome.Failed when item.Content.Length == 0 => ended with { State = Rejected, Sequences = 0, Note = null, Reason = Deleted(item) },
            Outcome.Failed { Reason.Code: DiskFull } full when !item.Changed => ended with { State = Ready, Attempts = item.Attempts - 1, Reason = full.Reason, RetryAt = now + settings.DelayAfter(1) },
            Outcome.Failed failed when item.Attempts >= settings.MaxAttempts && !item.Changed => ended with
            {
                State = Quarantined, Sequences = 0, Note = null, Reason = failed.Reason, RetryAt = failed.Reason.Code == NoPermission ? now + settings.RetryDelayMax : null,
            },
            Outcome.Failed failed => ended with { State = Ready, Reason = failed.Reason, RetryAt = now + settings.DelayAfter(item.Attempts) },
            _ => throw new ArgumentException($"an outcome of the type {outcome.GetType().Name} is not known here"),
        };
        return item.Changed && item.Content.Length > 0 ? [next, Reopen(next, now)] : [next];
    }

    /// <summary>A running job goes back to the queue through no fault of its own (the program was stopped); the attempt does not count.</summary>
    public static IReadOnlyList<ItemRecord> HandBack(ItemRecord item, DateTimeOffset now)
    {
        if (item.State != Running)
        {
            return [];
        }

        var back = item with { State = Ready, Attempts = Math.Max(0, item.Attempts - 1), Changed = false, UpdatedAt = now };
        return item.Content.Length == 0 ? [back with { State = Rejected, Reason = Deleted(item) }]
            : item.Changed ? [back, Reopen(back, now)]
            : [back];
    }

    /// <summary>
    /// The worker's process ended while it read the item. That is not one of the item's attempts: it has a count of its own, which the item's files, a person's retry, and nothing else begin anew.
    /// </summary>
    public static IReadOnlyList<ItemRecord> Die(ItemRecord item, WorkerDeath death, DateTimeOffset now, LedgerSettings settings)
    {
        if (item.State != Running)
        {
            return [];
        }

        var notes = item.DeathNotes + FormattableString.Invariant($"{now:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}, attempt {item.Attempts}: {death.How}, after {death.After.TotalSeconds:0.0} s\n");
        var dead = item with
        {
            Deaths = item.Deaths + 1,
            DeathNotes = notes,
            Attempts = Math.Max(0, item.Attempts - 1),
            Reason = Killed(item, item.Deaths + 1, notes, death),
            Duration = death.After,
            Changed = false,
            UpdatedAt = now,
        };
        return item.Content.Length == 0 ? [dead with { State = Rejected, Reason = Deleted(item) }]
            : item.Changed ? [dead with { State = Ready }, Reopen(dead with { State = Ready }, now)]
            : dead.Deaths >= settings.MaxDeaths ? [dead with { State = Quarantined, Sequences = 0, Note = null }]
            : [dead with { State = Ready }];
    }

    /// <summary>The sequences of a finished item are not in the store any more.</summary>
    public static IReadOnlyList<ItemRecord> Lose(ItemRecord item, DateTimeOffset now)
    {
        if (item.State != Done)
        {
            return [];
        }

        var again = Fresh(item, now) with { State = Ready };
        return item.Content.Length > 0 ? [again] : [again, again with { State = Rejected, Reason = Deleted(item) }];
    }

    /// <summary>
    /// Someone asks for another try of an item that is finished, or does not want to wait for the next one. What the drop folder refused (a file that is neither CT
    /// nor slide, a series of nobody) waits to be looked at again. Where the files are gone, nothing changes.
    /// </summary>
    public static IReadOnlyList<ItemRecord> Retry(ItemRecord item, DateTimeOffset now) => item.State switch
    {
        _ when item.Content.Length == 0 => [],
        Done or Rejected or Quarantined => [Fresh(item, now) with { State = item.Kind == ItemKind.File || item.Reason?.Code is "no-patient" or "duplicate" or Forgotten ? Seen : Ready }],
        Ready when item.RetryAt is not null => [item with { RetryAt = null, UpdatedAt = now }],
        _ => [],
    };

    /// <summary>The time has come to look again whether an item's files may be read.</summary>
    public static IReadOnlyList<ItemRecord> LookAgain(ItemRecord item, bool mayBeRead, DateTimeOffset now, LedgerSettings settings) =>
        mayBeRead ? Retry(item, now) : [item with { RetryAt = now + settings.RetryDelayMax, UpdatedAt = now }];

    /// <summary>The drop folder was looked at.</summary>
    /// <param name="item">The row, or null for an item never seen before.</param>
    /// <param name="seen">What lies there.</param>
    /// <param name="now">The time.</param>
    public static IReadOnlyList<ItemRecord> Observe(ItemRecord? item, ItemObservation seen, DateTimeOffset now)
    {
        if (item is null)
        {
            var first = new ItemRecord(seen.Id, seen.Kind, seen.Patient, seen.Path, Seen) { Content = seen.Content, UpdatedAt = now };
            return [first, .. Settle(first, seen.Standing, now)];
        }

        if (item.Content == seen.Content)
        {
            // A slide that was renamed is the same, and is found where it is now.
            return item.Path == seen.Path ? Settle(item, seen.Standing, now) : [Renamed(item, seen.Path), .. Settle(Renamed(item, seen.Path), seen.Standing, now)];
        }

        var known = item with { Path = seen.Path, Content = seen.Content, UpdatedAt = now };
        return item.State switch
        {
            Running => [known with { Changed = true }],
            Seen => [known, .. Settle(known, seen.Standing, now)],
            _ => Reopened(Reopen(known, now)),
        };

        IReadOnlyList<ItemRecord> Reopened(ItemRecord open) => [open, .. Settle(open, seen.Standing, now)];
    }

    /// <summary>None of the item's files is in the drop folder any more.</summary>
    /// <returns>The row it becomes; null when it is to be removed from the ledger.</returns>
    public static ItemRecord? Vanish(ItemRecord item, DateTimeOffset now) => item.State switch
    {
        _ when item.Kind == ItemKind.File || item.Reason?.Code == Forgotten => null,
        Seen => null, // it never was complete: a copy that was broken off, or renamed on its way
        Ready => item with { State = Rejected, Reason = Deleted(item), RetryAt = null, Content = "", UpdatedAt = now },
        Running => item with { Content = "" },
        _ => item, // its sequences, or the reason why there are none, stay
    };

    private static IReadOnlyList<ItemRecord> Settle(ItemRecord item, Standing standing, DateTimeOffset now) => (item.State, standing) switch
    {
        (Seen, Standing.Complete) => [item with { State = Ready, UpdatedAt = now }],
        (Ready, Standing.Growing) when item.Attempts == 0 => [item with { State = Seen, UpdatedAt = now }],
        (Seen or Ready, Standing.Refused refused) => [item with { State = Rejected, Reason = refused.Reason, RetryAt = null, UpdatedAt = now }],
        (Seen, Standing.Unreadable unreadable) => [item with { State = Quarantined, Reason = unreadable.Reason, UpdatedAt = now }],
        _ => [],
    };

    private static ItemRecord Renamed(ItemRecord item, string path) =>
        item with { Path = path, Reason = item.Reason is { } reason ? reason with { Sentence = reason.Sentence.Replace(item.Path, path, StringComparison.Ordinal) } : null };

    private static ItemRecord Reopen(ItemRecord item, DateTimeOffset now) => Fresh(item, now) with { State = Seen };

    private static ItemRecord Fresh(ItemRecord item, DateTimeOffset now) =>
        item with { Attempts = 0, Deaths = 0, Losses = 0, DeathNotes = "", Sequences = 0, Manifest = null, Reason = null, Note = null, RetryAt = null, Duration = null, Changed = false, UpdatedAt = now };

    private static Reason Killed(ItemRecord item, int deaths, string notes, WorkerDeath death) => new(
        WorkerDied,
        $"{item.Path}: the process that read it ended without an answer, {(deaths == 1 ? "once" : $"{deaths} times")}. {string.Join("; ", notes.Split('\n', StringSplitOptions.RemoveEmptyEntries))}."
        + (death.LastLines.Count == 0 ? " Nothing was on its standard error." : $" Last on its standard error: '{string.Join(" | ", death.LastLines)}'.")
        + (death.Limit is { } limit ? $" If the file is good and so large, raise {limit}; 'mhdnet retry' tries it again." : " If the file is good, please report it; 'mhdnet retry' tries it again."));

    private static Reason Deleted(ItemRecord item) =>
        new("deleted", $"{item.Path} was deleted from the drop folder before it was read. Copy it there again if it is wanted.");
}
