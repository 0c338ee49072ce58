using Akka.Actor;
using Akka.Event;
using MhdNet.Ingest.Items;
using Microsoft.Data.Sqlite;

namespace MhdNet.Ingest.Ledger;

/// <summary>
/// The one writer of the ledger. It keeps nothing in memory: what it answers is on disk. A write that fails (disk full) is answered with
/// <see cref="LedgerFailed"/>; a ledger that cannot be read any more restarts the actor, which opens the file anew.
/// </summary>
public sealed class LedgerActor : ReceiveActor
{
    private readonly string _file;
    private readonly string _dropFolder;
    private readonly LedgerSettings _settings;
    private readonly TimeProvider _time;
    private LedgerFile? _ledger;

    /// <summary>Opens the ledger when it starts.</summary>
    /// <param name="file">The ledger's file.</param>
    /// <param name="dropFolder">The drop folder, to which the ledger's paths are relative.</param>
    /// <param name="settings">Attempts and waits.</param>
    /// <param name="time">The clock.</param>
    public LedgerActor(string file, string dropFolder, LedgerSettings settings, TimeProvider time)
    {
        (_file, _dropFolder, _settings, _time) = (file, Path.GetFullPath(dropFolder), settings, time);
        Answer<GetKnown>(_ => new Known(Ledger.Files(), [.. Ledger.Items().Select(item => item.Id)]));
        Answer<Observed>(Observe);
        Answer<TakeReady>(request => Take(Ledger.Due(request.Max, Now)));
        Answer<TakeItem>(request => Take(Ledger.Item(request.Item) is { State: ItemState.Ready } item ? [item] : []));
        Answer<JobFinished>(Finish);
        Answer<JobReturned>(returned => Change(returned.Item, LedgerRules.HandBack));
        Answer<Retry>(retry => Change(retry.Item, LedgerRules.Retry));
        Answer<RunChanged>(Store);
        Answer<GetItems>(query => new ItemList(Ledger.Items(query.State)));
        Answer<GetItem>(query => new ItemStored(query.Item, Ledger.Item(query.Item)));
        Answer<GetRuns>(_ => new RunList(Ledger.Runs()));
        Answer<CountItems>(_ => Ledger.Count());
    }

    private LedgerFile Ledger => _ledger ?? throw new InvalidOperationException("the ledger is not open");

    private DateTimeOffset Now => _time.GetUtcNow();

    /// <summary>How to start the actor; it blocks its thread while it writes, so it deserves a dispatcher of its own.</summary>
    public static Props Props(string file, string dropFolder, LedgerSettings settings, TimeProvider time) =>
        Akka.Actor.Props.Create(() => new LedgerActor(file, dropFolder, settings, time));

    /// <inheritdoc/>
    protected override void PreStart() => _ledger = LedgerFile.Open(_file);

    /// <inheritdoc/>
    protected override void PostStop() => _ledger?.Dispose();

    private void Answer<T>(Func<T, object> handle)
        where T : notnull
        => Receive<T>(request =>
        {
            try
            {
                Sender.Tell(handle(request));
            }
            catch (InvalidOperationException e)
            {
                Fail(request, "ledger-rule", e);
            }
            catch (SqliteException e)
            {
                Fail(request, "ledger-write", e);
                if (e.SqliteErrorCode is 10 or 11 or 26 or 14)
                {
                    throw; // input/output error, damaged, no database, cannot open: this connection is of no more use
                }
            }
        });

    private void Fail(object request, string code, Exception e)
    {
        var reason = new Reason(code, $"{_file} could not take {request.GetType().Name}: {e.Message} Nothing of it was stored; it can be sent again. Check the disk's free space and the file's permissions.");
        Context.GetLogger().Error(e, reason.Sentence);
        Sender.Tell(new LedgerFailed(request, reason));
    }

    private Stored Observe(Observed look)
    {
        var rows = new List<ItemRecord>();
        var removed = new List<ItemRecord>();
        foreach (var id in look.ItemsGone)
        {
            if (Ledger.Item(id) is not { } item)
            {
                continue;
            }

            if (LedgerRules.Vanish(item, Now) is not { } next)
            {
                removed.Add(item with { UpdatedAt = Now });
            }
            else if (next != item)
            {
                rows.Add(next);
            }
        }

        rows.AddRange(look.Items.SelectMany(seen => LedgerRules.Observe(Ledger.Item(seen.Id), seen, Now)));
        Ledger.Write(look.Files, look.FilesGone, rows, removed);
        removed.ForEach(item => Context.System.EventStream.Publish(new ItemForgotten(item.Id)));
        Publish(rows);
        return new Stored(look.Look, Ledger.Count());
    }

    private Jobs Take(IReadOnlyList<ItemRecord> ready)
    {
        ItemRecord[] taken = [.. ready.Select(item => LedgerRules.Start(item, Now))];
        Job[] jobs = [.. taken.Select(item => new Job(item.Id, item.Kind, item.Patient, FilesOf(item), item.Attempts))];
        Ledger.Write(taken);
        Publish(taken);
        return new Jobs(jobs, Ledger.NextRetry());
    }

    private string[] FilesOf(ItemRecord item) => item.Kind == ItemKind.Ct
        ? [.. Ledger.PathsOf(item.Id).Select(path => Path.Combine(_dropFolder, path))]
        : [Path.Combine(_dropFolder, item.Path)];

    private ItemStored Finish(JobFinished job) => Change(job.Item, (item, now) =>
        job.Attempt is { } attempt && attempt != item.Attempts ? [] : LedgerRules.Finish(item, job.Outcome, job.Duration, now, _settings));

    private ItemStored Change(ItemId id, Func<ItemRecord, DateTimeOffset, IReadOnlyList<ItemRecord>> rule)
    {
        if (Ledger.Item(id) is not { } item)
        {
            return new ItemStored(id, null);
        }

        var rows = rule(item, Now);
        Ledger.Write(rows);
        Publish(rows);
        return new ItemStored(id, rows.Count > 0 ? rows[^1] : item);
    }

    private RunStored Store(RunChanged change)
    {
        Ledger.Write(change.Run);
        var stored = new RunStored(change.Run);
        Context.System.EventStream.Publish(stored);
        return stored;
    }

    private static void Publish(IReadOnlyList<ItemRecord> rows)
    {
        // Only where an item ends up counts for others; the steps on the way are in the ledger.
        var last = new Dictionary<ItemId, ItemRecord>();
        foreach (var row in rows)
        {
            last[row.Id] = row;
        }

        foreach (var row in last.Values)
        {
            Context.System.EventStream.Publish(new ItemChanged(row));
        }
    }
}
