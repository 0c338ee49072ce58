using Dapper;
using MhdNet.Ingest.Forgetting;
using MhdNet.Ingest.Items;
using Microsoft.Data.Sqlite;

namespace MhdNet.Ingest.Ledger;

/// <summary>
/// The ledger: a SQLite file in WAL mode. Each writing call is one transaction, on disk when it returns. One writer only, and not thread safe;
/// other processes may read meanwhile through <see cref="LedgerReader"/>.
/// </summary>
public sealed class LedgerFile : IDisposable
{
    private const string WriteItem =
        """
        INSERT INTO items (id, kind, patient, path, state, reason_code, reason, attempts, sequences, note, retry_at, updated_at, duration_ms, content, changed, deaths, death_notes, manifest, losses)
        VALUES (@Id, @Kind, @Patient, @Path, @State, @ReasonCode, @Reason, @Attempts, @Sequences, @Note, @RetryAt, @UpdatedAt, @DurationMs, @Content, @Changed, @Deaths, @DeathNotes, @Manifest, @Losses)
        ON CONFLICT (id) DO UPDATE SET path = @Path, state = @State, reason_code = @ReasonCode, reason = @Reason, attempts = @Attempts, sequences = @Sequences,
          note = @Note, retry_at = @RetryAt, updated_at = @UpdatedAt, duration_ms = @DurationMs, content = @Content, changed = @Changed, deaths = @Deaths, death_notes = @DeathNotes, manifest = @Manifest, losses = @Losses
        """;

    private const string WriteTransition =
        "INSERT INTO transitions (item, at, from_state, to_state, reason_code, reason) VALUES (@Item, @At, @From, @To, @Code, @Sentence)";

    private const string WriteFile =
        """
        INSERT INTO files (path, size, modified, item, probe, patient_id, series, sop, reason_code, reason, attempts, content, companions)
        VALUES (@Path, @Size, @Modified, @Item, @Probe, @PatientId, @Series, @Sop, @ReasonCode, @Reason, @Attempts, @Content, @Companions)
        ON CONFLICT (path) DO UPDATE SET size = @Size, modified = @Modified, item = @Item, probe = @Probe, patient_id = @PatientId, series = @Series, sop = @Sop,
          reason_code = @ReasonCode, reason = @Reason, attempts = @Attempts, content = @Content, companions = @Companions
        """;

    private const string WriteRun =
        """
        INSERT INTO runs (id, started, finished, state, phase, epoch, message) VALUES (@Id, @Started, @Finished, @State, @Phase, @Epoch, @Message)
        ON CONFLICT (id) DO UPDATE SET started = @Started, finished = @Finished, state = @State, phase = @Phase, epoch = @Epoch, message = @Message
        """;

    private readonly SqliteConnection _connection;
    private readonly HostMark? _mark;

    private LedgerFile(SqliteConnection connection, HostMark? mark) => (_connection, _mark) = (connection, mark);

    /// <summary>Opens a ledger, or creates it.</summary>
    /// <param name="file">The file, usually <c>ledger.db</c> of the work folder.</param>
    /// <param name="mark">The work folder's mark, as whoever writes knows it; null: nobody else can take the folder over.</param>
    /// <exception cref="LedgerVersionException">The file is not a ledger, or a newer program's.</exception>
    /// <exception cref="SqliteException">The file cannot be opened or written.</exception>
    public static LedgerFile Open(string file, HostMark? mark = null)
    {
        var connection = Connect(file, SqliteOpenMode.ReadWriteCreate);
        try
        {
            LedgerSchema.Check(connection, mayBeEmpty: true); // before the first write: a foreign file stays as it is
            connection.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;");
            LedgerSchema.Migrate(connection);
            return new LedgerFile(connection, mark);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>One item, or null.</summary>
    public ItemRecord? Item(ItemId id) => LedgerQueries.Item(_connection, id);

    /// <summary>All items, or those in one state, by patient, kind and path.</summary>
    public IReadOnlyList<ItemRecord> Items(ItemState? state = null) => LedgerQueries.Items(_connection, state);

    /// <summary>Ready items whose time has come, those that wait longest first.</summary>
    public IReadOnlyList<ItemRecord> Due(int max, DateTimeOffset now) => LedgerQueries.Due(_connection, max, now);

    /// <summary>Quarantined items whose files this user may not read, and whose time to be looked at again has come.</summary>
    public IReadOnlyList<ItemRecord> Denied(DateTimeOffset now) => LedgerQueries.Denied(_connection, now);

    /// <summary>When the next item that waits for another try becomes due.</summary>
    public DateTimeOffset? NextRetry() => LedgerQueries.NextRetry(_connection);

    /// <summary>All files known, in the form in which they were probed.</summary>
    public IReadOnlyList<FileRecord> Files() => LedgerQueries.Files(_connection);

    /// <summary>The files of an item, relative to the drop folder.</summary>
    public IReadOnlyList<string> PathsOf(ItemId item) => LedgerQueries.PathsOf(_connection, item);

    /// <summary>The files' size in bytes, as far as the drop folder was looked at.</summary>
    public long BytesOf(ItemId item) => LedgerQueries.BytesOf(_connection, item);

    /// <summary>What happened to an item, oldest first.</summary>
    public IReadOnlyList<TransitionRecord> Transitions(ItemId item) => LedgerQueries.Transitions(_connection, item);

    /// <summary>All training runs, oldest first.</summary>
    public IReadOnlyList<RunRecord> Runs() => LedgerQueries.Runs(_connection);

    /// <summary>The patients who were forgotten. What is written through it is on disk when the call returns.</summary>
    public ForgottenPatients Forgotten => new(_connection);

    /// <summary>How many items are in each state.</summary>
    public ItemCounts Count() => LedgerQueries.Count(_connection);

    /// <summary>Writes the rows that an item becomes, one after the other.</summary>
    /// <exception cref="InvalidOperationException">A step between two states that <see cref="LedgerRules.IsLegal"/> does not allow. Nothing is written.</exception>
    /// <exception cref="SupersededException">Another host has opened the folder since. Nothing is written.</exception>
    public void Write(params IReadOnlyList<ItemRecord> rows) => Write([], [], rows, []);

    /// <summary>Writes a look at the drop folder, all of it or nothing.</summary>
    /// <param name="files">Files to enter or replace.</param>
    /// <param name="filesGone">Files to remove.</param>
    /// <param name="rows">Rows that items become, one after the other.</param>
    /// <param name="removed">Items to remove.</param>
    /// <exception cref="InvalidOperationException">As <see cref="Write(IReadOnlyList{ItemRecord})"/>.</exception>
    public void Write(IReadOnlyList<FileRecord> files, IReadOnlyList<string> filesGone, IReadOnlyList<ItemRecord> rows, IReadOnlyList<ItemRecord> removed)
    {
        if (files.Count + filesGone.Count + rows.Count + removed.Count == 0)
        {
            return;
        }

        using var transaction = Begin();
        _connection.Execute("DELETE FROM files WHERE path = @path", filesGone.Select(path => new { path }), transaction);
        _connection.Execute(WriteFile, files.Select(FileRow.Of), transaction);
        foreach (var item in removed)
        {
            if (item.Reason?.Code == LedgerRules.Forgotten)
            {
                _connection.Execute("DELETE FROM transitions WHERE item = @id", new { id = item.Id.Value }, transaction);
            }
            else
            {
                Log(item, item.State, null, transaction);
            }

            _connection.Execute("DELETE FROM items WHERE id = @id", new { id = item.Id.Value }, transaction);
        }

        foreach (var row in rows)
        {
            Step(row, transaction);
        }

        Pass("before", rows);
        transaction.Commit();
        Pass("after", rows);
    }

    private static void Pass(string side, IReadOnlyList<ItemRecord> rows)
    {
        foreach (var row in rows)
        {
            CrashPoint.Reach($"{side}-{LedgerText.Of(row.State)}");
        }
    }

    /// <summary>Enters or replaces a training run.</summary>
    /// <exception cref="SupersededException">Another host has opened the folder since. Nothing is written.</exception>
    public void Write(RunRecord run)
    {
        using var transaction = Begin();
        _connection.Execute(WriteRun, RunRow.Of(run), transaction);
        transaction.Commit();
    }

    /// <summary>Makes sure that the folder is still the writer's.</summary>
    /// <exception cref="SupersededException">Another host has opened it since.</exception>
    public void RequireCurrent() => _mark?.RequireCurrent();

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    /// <summary>Checks, without writing, that a file that is there can be opened as a ledger.</summary>
    /// <exception cref="LedgerVersionException">It is not a ledger, or a newer program's.</exception>
    public static void RequireUsable(string file)
    {
        if (File.Exists(file))
        {
            using var connection = Connect(file, SqliteOpenMode.ReadOnly);
            LedgerSchema.Check(connection, mayBeEmpty: true);
        }
    }

    /// <summary>Opens a connection that waits up to 10 s for another process's lock.</summary>
    internal static SqliteConnection Connect(string file, SqliteOpenMode mode)
    {
        // Without pooling the file is closed, and its lock gone, as soon as the connection is disposed.
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false, DefaultTimeout = 10 }.ToString());
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Looks at the mark when the write lock is held already: who takes over leaves its mark first and then waits for the lock, so there is no moment between.</summary>
    private SqliteTransaction Begin()
    {
        var transaction = _connection.BeginTransaction();
        try
        {
            RequireCurrent();
            return transaction;
        }
        catch
        {
            transaction.Dispose();
            throw;
        }
    }

    private void Step(ItemRecord row, SqliteTransaction transaction)
    {
        var word = _connection.QuerySingleOrDefault<string>("SELECT state FROM items WHERE id = @id", new { id = row.Id.Value }, transaction);
        ItemState? from = word is null ? null : LedgerText.State(word);
        if (from is { } state && state != row.State && !LedgerRules.IsLegal(state, row.State))
        {
            throw new InvalidOperationException($"item {row.Id} cannot go from {LedgerText.Of(state)} to {LedgerText.Of(row.State)}");
        }

        _connection.Execute(WriteItem, ItemRow.Of(row), transaction);
        if (from != row.State)
        {
            Log(row, from, row.State, transaction);
        }
    }

    private void Log(ItemRecord item, ItemState? from, ItemState? to, SqliteTransaction transaction) => _connection.Execute(
        WriteTransition,
        new
        {
            Item = item.Id.Value,
            At = LedgerText.Of(item.UpdatedAt),
            From = from is { } f ? LedgerText.Of(f) : null,
            To = to is { } t ? LedgerText.Of(t) : null,
            item.Reason?.Code,
            item.Reason?.Sentence,
        },
        transaction);
}
