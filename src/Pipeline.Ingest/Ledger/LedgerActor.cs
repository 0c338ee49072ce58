using Akka.Actor;
using Akka.Event;
using MhdNet.Ingest.Ct;
using MhdNet.Ingest.Drop;
using MhdNet.Ingest.Forgetting;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Sequences;
using Microsoft.Data.Sqlite;

namespace MhdNet.Ingest.Ledger;

/// <summary>
/// The one writer of the ledger. It keeps nothing in memory: what it answers is on disk. A write that fails (disk full) is answered with
/// <see cref="LedgerFailed"/>; a ledger that cannot be read any more restarts the actor, which opens the file anew. While its folder is away (a share that does not answer) every request is answered so, and the
/// first after its return opens the file.
/// </summary>
public sealed class LedgerActor : ReceiveActor
{
    private readonly string _file;
    private readonly DropNames _names;
    private readonly LedgerSettings _settings;
    private readonly TimeProvider _time;
    private readonly SequenceStore? _store;
    private readonly DiskWatermark? _disk;
    private readonly Func<string, bool> _mayRead;
    private readonly HeaderShelf? _headers;
    private readonly HostMark? _mark;
    private LedgerFile? _ledger;

    /// <summary>Opens the ledger when it starts.</summary>
    /// <param name="file">The ledger's file.</param>
    /// <param name="names">The drop folder, to which the ledger's paths are relative, and its names.</param>
    /// <param name="settings">Attempts and waits.</param>
    /// <param name="time">The clock.</param>
    /// <param name="store">The store, from which sequences go whose item came to nothing in its present form.</param>
    /// <param name="disk">When nothing may begin.</param>
    /// <param name="mayRead">Whether a file may be read; null: asks the system.</param>
    /// <param name="headers">What intake read of series, for their jobs.</param>
    /// <param name="mark">The work folder's mark: once it is another's, nothing is read or written any more.</param>
    public LedgerActor(
        string file, DropNames names, LedgerSettings settings, TimeProvider time, SequenceStore? store = null, DiskWatermark? disk = null, Func<string, bool>? mayRead = null, HeaderShelf? headers = null,
        HostMark? mark = null)
    {
        (_file, _names, _settings, _time, _store, _disk, _mayRead, _headers, _mark) = (file, names, settings, time, store, disk, mayRead ?? FilePermission.MayRead, headers, mark);
        Answer<GetKnown>(_ => new Known(Ledger.Files(), [.. Ledger.Items().Select(item => item.Id)]));
        Answer<Observed>(Observe);
        Answer<TakeReady>(request =>
        {
            LookAgain();
            return Take(Ledger.Due(request.Max, Now));
        });
        Answer<TakeItem>(request => Take(Ledger.Item(request.Item) is { State: ItemState.Ready } item ? [item] : []));
        Answer<JobFinished>(Finish);
        Answer<JobReturned>(returned => Change(returned.Item, LedgerRules.HandBack));
        Answer<JobDied>(Die);
        Answer<JobLost>(Lose);
        Answer<JobAcquitted>(acquitted => Change(acquitted.Item, (item, now) => MachineLossRules.Acquit(item, acquitted.Machine, now)));
        Answer<ReturnRunning>(_ => ReturnAll());
        Answer<Retry>(retry => Change(retry.Item, Again));
        Answer<ForgetPatient>(ForgetAll);
        Answer<RunChanged>(Store);
        Answer<GetItems>(query => new ItemList(Ledger.Items(query.State)));
        Answer<GetItem>(query => new ItemStored(query.Item, Ledger.Item(query.Item)));
        Answer<GetRuns>(_ => new RunList(Ledger.Runs()));
        Answer<CountItems>(_ => Ledger.Count());
    }

    private LedgerFile Ledger => _ledger ??= LedgerFile.Open(_file, _mark);

    private string Folder => Path.GetDirectoryName(_file)!;

    private DateTimeOffset Now => _time.GetUtcNow();

    /// <summary>How to start the actor; it blocks its thread while it writes, so it deserves a dispatcher of its own.</summary>
    public static Props Props(
        string file, DropNames names, LedgerSettings settings, TimeProvider time, SequenceStore? store = null, DiskWatermark? disk = null, Func<string, bool>? mayRead = null, HeaderShelf? headers = null,
        HostMark? mark = null) =>
        Akka.Actor.Props.Create(() => new LedgerActor(file, names, settings, time, store, disk, mayRead, headers, mark));

    /// <inheritdoc/>
    protected override void PreStart()
    {
        if (FolderPresence.IsThere(Folder))
        {
            _ = Ledger; // what is wrong with it is told at once
        }
    }

    /// <inheritdoc/>
    protected override void PostStop() => _ledger?.Dispose();

    private void Answer<T>(Func<T, object> handle)
        where T : notnull
        => Receive<T>(request =>
        {
            try
            {
                _mark?.RequireCurrent(); // before the file is opened: in the place of a disk that is not mounted a new one would be made
                Sender.Tell(handle(request));
            }
            catch (SupersededException e)
            {
                Fail(request, "superseded", e);
                Context.System.EventStream.Publish(new Superseded(e.Message));
            }
            catch (InvalidOperationException e)
            {
                Fail(request, "ledger-rule", e);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Fail(request, "store-write", e);
            }
            catch (SqliteException e)
            {
                Fail(request, "ledger-write", e);
                if (e.SqliteErrorCode is 10 or 11 or 26 or 14)
                {
                    _ledger?.Dispose(); // input/output error, damaged, no database, cannot open: this connection is of no more use
                    _ledger = null;
                    if (FolderPresence.IsThere(Folder))
                    {
                        throw;
                    }
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

        // Before their rows: sequences without a row would be taken for done by the next start.
        removed.ForEach(item => _store?.Remove(item.Id));
        rows.AddRange(Ledger.Forgotten.Refuse(look.Items).SelectMany(seen => LedgerRules.Observe(Ledger.Item(seen.Id), seen, Now)));
        Ledger.Write(look.Files, look.FilesGone, rows, removed);
        if (removed.Exists(item => item.Reason?.Code == LedgerRules.Forgotten))
        {
            Ledger.Forgotten.Compact(); // their files lay on in the drop folder, and are gone now
        }

        removed.ForEach(item => Context.System.EventStream.Publish(new ItemForgotten(item.Id)));
        Publish(rows);
        return new Stored(look.Look, Ledger.Count());
    }

    private Jobs Take(IReadOnlyList<ItemRecord> ready)
    {
        if (_disk?.Low() is not null)
        {
            return new Jobs([], Ledger.NextRetry()); // the drop folder's actor says so
        }

        ItemRecord[] taken = [.. ready.Select(item => LedgerRules.Start(item, Now))];
        Job[] jobs = [.. taken.Select(item => new Job(item.Id, item.Kind, item.Patient, FilesOf(item), item.Attempts) { Deaths = item.Deaths, Losses = item.Losses, Bytes = Ledger.BytesOf(item.Id) })];
        Ledger.Write(taken);
        Publish(taken);
        return new Jobs([.. jobs.Select(job => _headers is null || job.Kind != ItemKind.Ct ? job : job with { Headers = _headers.Take(job.Files) })], Ledger.NextRetry());
    }

    private void LookAgain()
    {
        foreach (var item in Ledger.Denied(Now))
        {
            var rows = LedgerRules.LookAgain(item, Array.TrueForAll(FilesOf(item), path => _mayRead(path)), Now, _settings);
            Ledger.Write(rows);
            Publish(rows);
        }
    }

    private string[] FilesOf(ItemRecord item) => item.Kind == ItemKind.Ct
        ? [.. Ledger.PathsOf(item.Id).Select(_names.Absolute)]
        : [_names.Absolute(item.Path)];

    private ItemStored Finish(JobFinished job)
    {
        if (job.Outcome is Outcome.Done && Ledger.Item(job.Item) is null or { Reason.Code: LedgerRules.Forgotten })
        {
            _store?.Erase(job.Item); // the patient was forgotten while a worker read this
        }

        return Change(job.Item, (item, now) => job.Attempt is { } attempt && attempt != item.Attempts
            ? []
            : [.. LedgerRules.Finish(item, Shown(item, job.Outcome), job.Duration, now, _settings).Select(Sealed)]);
    }

    private IReadOnlyList<ItemRecord> Again(ItemRecord item, DateTimeOffset now)
    {
        if (item.Reason?.Code == LedgerRules.Forgotten)
        {
            Ledger.Forgotten.Remember(item.Patient);
        }

        return LedgerRules.Retry(item, now);
    }

    private PatientForgotten ForgetAll(ForgetPatient request)
    {
        foreach (var item in PatientEraser.Run(Ledger, _store, request.Patient, Now))
        {
            Context.System.EventStream.Publish(new ItemForgotten(item));
        }

        Context.System.EventStream.Publish(new PatientForgotten());
        return new PatientForgotten();
    }

    /// <summary>With the hash of what the worker put into the store.</summary>
    private ItemRecord Sealed(ItemRecord row) => row.State == ItemState.Done ? row with { Manifest = _store?.ManifestHash(row.Id) } : row;

    private ItemStored Die(JobDied job) => Change(job.Item, (item, now) =>
        (job.Attempt, job.Deaths) != (item.Attempts, item.Deaths) ? [] : LedgerRules.Die(item, Shown(item, job.Death), now, _settings));

    private ItemStored Lose(JobLost job) => Change(job.Item, (item, now) =>
        (job.Attempt, job.Losses) != (item.Attempts, item.Losses) ? [] : MachineLossRules.Suspect(item, job.Loss, now, _settings));

    private RunningReturned ReturnAll()
    {
        var rows = Ledger.Items(ItemState.Running).SelectMany(item => LedgerRules.HandBack(item, Now)).ToList();
        Ledger.Write(rows);
        Publish(rows);
        return new RunningReturned([.. rows.Select(row => row.Id).Distinct()]);
    }

    private WorkerDeath Shown(ItemRecord item, WorkerDeath death) => death with { LastLines = [.. death.LastLines.Select(line => _names.Shown(new Reason("", line), PathsOf(item)).Sentence)] };

    private Outcome Shown(ItemRecord item, Outcome outcome) => outcome switch
    {
        Outcome.Rejected rejected => new Outcome.Rejected(_names.Shown(rejected.Reason, PathsOf(item))),
        Outcome.Failed failed => new Outcome.Failed(_names.Shown(Denied(item) is { } path
            ? new Reason(LedgerRules.NoPermission, $"{path}: this user may not read it. Give the right to read it; it is then read again by itself within {_settings.RetryDelayMax.TotalMinutes:0.#} min.")
            : failed.Reason, PathsOf(item))),
        _ => outcome,
    };

    /// <summary>The first of an item's files that this user may not read; null where there is none.</summary>
    private string? Denied(ItemRecord item) => Array.Find(FilesOf(item), path => !_mayRead(path));

    private IReadOnlyList<string> PathsOf(ItemRecord item) => item.Kind == ItemKind.Ct ? Ledger.PathsOf(item.Id) : [item.Path];

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

    /// <summary>What was made of an earlier form of an item goes when the present form came to nothing. Until then it stays: someone may be training with it.</summary>
    private void Supersede(ItemId item)
    {
        try
        {
            _store?.RemoveSequences(item);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Context.GetLogger().Warning("The sequences of {0} are out of date and could not be removed: {1} The next start tries again.", item, e.Message);
        }
    }

    private void Publish(IReadOnlyList<ItemRecord> rows)
    {
        // Only where an item ends up counts for others; the steps on the way are in the ledger.
        var last = new Dictionary<ItemId, ItemRecord>();
        foreach (var row in rows)
        {
            last[row.Id] = row;
        }

        foreach (var row in last.Values)
        {
            if (row.State is ItemState.Rejected or ItemState.Quarantined)
            {
                Supersede(row.Id);
            }

            Context.System.EventStream.Publish(new ItemChanged(row));
        }
    }
}
