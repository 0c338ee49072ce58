using Dapper;
using MhdNet.Ingest.Items;
using Microsoft.Data.Sqlite;

namespace MhdNet.Ingest.Ledger;

/// <summary>Reads a ledger, also while another process writes it. Every answer is one consistent state. Not thread safe.</summary>
public sealed class LedgerReader : IDisposable
{
    private readonly SqliteConnection _connection;

    private LedgerReader(SqliteConnection connection) => _connection = connection;

    /// <summary>Opens the ledger of a work folder.</summary>
    /// <param name="file">The ledger, usually <c>ledger.db</c> of the work folder.</param>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="LedgerVersionException">It is not a ledger, or of another version.</exception>
    public static LedgerReader Open(string file)
    {
        if (!File.Exists(file))
        {
            throw new FileNotFoundException($"{file} does not exist: this is no work folder, or nothing was ingested into it yet.", file);
        }

        var connection = LedgerFile.Connect(file, SqliteOpenMode.ReadOnly);
        try
        {
            LedgerSchema.Check(connection, mayBeEmpty: false);
            return new LedgerReader(connection);
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

    /// <summary>What happened to an item, oldest first.</summary>
    public IReadOnlyList<TransitionRecord> Transitions(ItemId item) => LedgerQueries.Transitions(_connection, item);

    /// <summary>All training runs, oldest first.</summary>
    public IReadOnlyList<RunRecord> Runs() => LedgerQueries.Runs(_connection);

    /// <summary>How many items are in each state.</summary>
    public ItemCounts Count() => LedgerQueries.Count(_connection);

    /// <summary>What SQLite finds wrong with the file, a line each; empty where it is sound.</summary>
    public IReadOnlyList<string> Damage() => [.. _connection.Query<string>("PRAGMA integrity_check").Where(line => line != "ok")];

    /// <summary>Items and runs of one moment.</summary>
    public (IReadOnlyList<ItemRecord> Items, IReadOnlyList<RunRecord> Runs) Snapshot()
    {
        using var transaction = _connection.BeginTransaction(deferred: true);
        return (Items(), Runs());
    }

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();
}
