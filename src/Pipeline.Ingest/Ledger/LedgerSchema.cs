using Dapper;
using Microsoft.Data.Sqlite;

namespace MhdNet.Ingest.Ledger;

/// <summary>The tables, and how an older ledger becomes one of this version. <c>PRAGMA user_version</c> counts the steps taken.</summary>
internal static class LedgerSchema
{
    /// <summary>"MhdL": what SQLite's application id must be.</summary>
    public const int ApplicationId = 0x4D68644C;

    /// <summary>NOTADB of SQLite.</summary>
    private const int NotADatabase = 26;

    private static readonly string[] Steps =
    [
        """
        CREATE TABLE items (
          id TEXT PRIMARY KEY,
          kind TEXT NOT NULL,
          patient TEXT NOT NULL,
          path TEXT NOT NULL,
          state TEXT NOT NULL,
          reason_code TEXT,
          reason TEXT,
          attempts INTEGER NOT NULL,
          sequences INTEGER NOT NULL,
          note TEXT,
          retry_at TEXT,
          updated_at TEXT NOT NULL,
          duration_ms INTEGER,
          content TEXT NOT NULL,
          changed INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX items_by_state ON items (state, updated_at);
        CREATE TABLE files (
          path TEXT PRIMARY KEY,
          size INTEGER NOT NULL,
          modified TEXT NOT NULL,
          item TEXT,
          probe TEXT NOT NULL,
          patient_id TEXT,
          series TEXT,
          sop TEXT,
          reason_code TEXT,
          reason TEXT,
          attempts INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX files_by_item ON files (item);
        CREATE TABLE transitions (
          number INTEGER PRIMARY KEY,
          item TEXT NOT NULL,
          at TEXT NOT NULL,
          from_state TEXT,
          to_state TEXT,
          reason_code TEXT,
          reason TEXT
        ) STRICT;
        CREATE INDEX transitions_by_item ON transitions (item, number);
        CREATE TABLE runs (
          id TEXT PRIMARY KEY,
          started TEXT NOT NULL,
          finished TEXT,
          state TEXT NOT NULL,
          phase TEXT,
          epoch INTEGER NOT NULL,
          message TEXT
        ) STRICT;
        """,
        """
        ALTER TABLE items ADD COLUMN deaths INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE items ADD COLUMN death_notes TEXT NOT NULL DEFAULT '';
        """,
        "ALTER TABLE items ADD COLUMN manifest TEXT",
        "CREATE TABLE forgotten (mark TEXT PRIMARY KEY, at TEXT NOT NULL) STRICT",
        """
        ALTER TABLE files ADD COLUMN content TEXT;
        ALTER TABLE files ADD COLUMN companions TEXT;
        """,
        """
        DROP INDEX items_by_state;
        CREATE INDEX items_by_state ON items (state, updated_at, id);
        CREATE INDEX items_by_retry ON items (state, retry_at) WHERE retry_at IS NOT NULL;
        """,
        "ALTER TABLE items ADD COLUMN losses INTEGER NOT NULL DEFAULT 0",
    ];

    /// <summary>The version that this program writes.</summary>
    public static int Version => Steps.Length;

    /// <summary>Checks that the file is a ledger, and brings it to this version.</summary>
    /// <param name="connection">The file.</param>
    /// <param name="target">An older version to stop at; null: this one.</param>
    /// <exception cref="LedgerVersionException">It is not a ledger, or a newer program's.</exception>
    public static void Migrate(SqliteConnection connection, int? target = null)
    {
        var version = Check(connection, mayBeEmpty: true);
        if (version >= (target ?? Version))
        {
            return;
        }

        using var transaction = connection.BeginTransaction();
        foreach (var step in Steps[version..(target ?? Version)])
        {
            connection.Execute(step, transaction: transaction);
        }

        connection.Execute($"PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {target ?? Version};", transaction: transaction);
        transaction.Commit();
    }

    /// <summary>Checks that the file is a ledger of this version or, where that is allowed, an older or an empty one.</summary>
    /// <returns>Its version; 0 for an empty file.</returns>
    /// <exception cref="LedgerVersionException">It is not a ledger, or of a version that cannot be used.</exception>
    public static int Check(SqliteConnection connection, bool mayBeEmpty)
    {
        var (file, application, version, tables) = Describe(connection);
        var isEmpty = tables == 0 && application == 0 && version == 0;
        if (application != ApplicationId && !(mayBeEmpty && isEmpty))
        {
            throw new LedgerVersionException($"{file} is a SQLite file of another program (application id {application}, {tables} tables), not a ledger. Choose another work folder, or move the file away.");
        }

        if (version > Version)
        {
            throw new LedgerVersionException($"{file} is a ledger of version {version}; this program knows versions up to {Version}. Use the newer program that wrote it, or another work folder.");
        }

        return !mayBeEmpty && version < Version
            ? throw new LedgerVersionException($"{file} is a ledger of version {version}; this program reads version {Version}. Start the host once: it brings the ledger to its version.")
            : version;
    }

    private static (string File, long Application, int Version, long Tables) Describe(SqliteConnection connection)
    {
        var file = connection.DataSource;
        try
        {
            return (
                file,
                connection.ExecuteScalar<long>("PRAGMA application_id"),
                connection.ExecuteScalar<int>("PRAGMA user_version"),
                connection.ExecuteScalar<long>("SELECT count(*) FROM sqlite_master WHERE type = 'table'"));
        }
        catch (SqliteException e) when (e.SqliteErrorCode == NotADatabase)
        {
            throw new LedgerVersionException($"{file} is not a SQLite file, so it is no ledger. Choose another work folder, or move the file away.", e);
        }
    }
}
