using Dapper;
using MhdNet.Ingest.Items;
using Microsoft.Data.Sqlite;

namespace MhdNet.Ingest.Ledger;

/// <summary>What can be asked of a ledger.</summary>
internal static class LedgerQueries
{
    // What is asked for every job. Each has an index of its own, so that a job costs the same whether the ledger knows a hundred items or a million.
    internal const string DueItems = $"SELECT {ItemRow.Columns} FROM items WHERE state = 'ready' AND (retry_at IS NULL OR retry_at <= @now) ORDER BY updated_at, id LIMIT @max";
    internal const string DeniedItems = $"SELECT {ItemRow.Columns} FROM items WHERE state = 'quarantined' AND retry_at <= @now AND reason_code = @code AND content <> ''";
    internal const string FirstRetry = "SELECT min(retry_at) FROM items WHERE state = 'ready' AND retry_at IS NOT NULL";

    public static ItemRecord? Item(SqliteConnection connection, ItemId id) =>
        connection.QuerySingleOrDefault<ItemRow>($"SELECT {ItemRow.Columns} FROM items WHERE id = @id", new { id = id.Value })?.ToRecord();

    public static IReadOnlyList<ItemRecord> Items(SqliteConnection connection, ItemState? state) =>
        [.. connection.Query<ItemRow>(
            $"SELECT {ItemRow.Columns} FROM items WHERE @state IS NULL OR state = @state ORDER BY patient, kind, path, id",
            new { state = state is { } s ? LedgerText.Of(s) : null }).Select(row => row.ToRecord())];

    /// <summary>Ready items whose time has come, those that wait longest first.</summary>
    public static IReadOnlyList<ItemRecord> Due(SqliteConnection connection, int max, DateTimeOffset now) =>
        [.. connection.Query<ItemRow>(
            DueItems,
            new { max, now = LedgerText.Of(now) }).Select(row => row.ToRecord())];

    /// <summary>Quarantined items whose files could not be read for want of a permission, and are to be looked at again.</summary>
    public static IReadOnlyList<ItemRecord> Denied(SqliteConnection connection, DateTimeOffset now) =>
        [.. connection.Query<ItemRow>(
            DeniedItems,
            new { code = LedgerRules.NoPermission, now = LedgerText.Of(now) }).Select(row => row.ToRecord())];

    public static DateTimeOffset? NextRetry(SqliteConnection connection) =>
        connection.ExecuteScalar<string?>(FirstRetry) is { } time ? LedgerText.Time(time) : null;

    public static IReadOnlyList<FileRecord> Files(SqliteConnection connection) =>
        [.. connection.Query<FileRow>($"SELECT {FileRow.Columns} FROM files", buffered: false).Select(row => row.ToRecord())];

    public static IReadOnlyList<string> PathsOf(SqliteConnection connection, ItemId item) =>
        [.. connection.Query<string>("SELECT path FROM files WHERE item = @item ORDER BY path", new { item = item.Value })];

    public static long BytesOf(SqliteConnection connection, ItemId item) =>
        connection.ExecuteScalar<long>("SELECT coalesce(sum(size), 0) FROM files WHERE item = @item", new { item = item.Value });

    public static IReadOnlyList<TransitionRecord> Transitions(SqliteConnection connection, ItemId item) =>
        [.. connection.Query<TransitionRow>(
            "SELECT item AS Item, at AS At, from_state AS FromState, to_state AS ToState, reason_code AS ReasonCode, reason AS Reason FROM transitions WHERE item = @item ORDER BY number",
            new { item = item.Value }).Select(row => row.ToRecord())];

    public static IReadOnlyList<RunRecord> Runs(SqliteConnection connection) =>
        [.. connection.Query<RunRow>(
            "SELECT id AS Id, started AS Started, finished AS Finished, state AS State, phase AS Phase, epoch AS Epoch, message AS Message FROM runs ORDER BY started, id").Select(row => row.ToRecord())];

    public static ItemCounts Count(SqliteConnection connection)
    {
        var counts = connection.Query<(string State, long Count)>("SELECT state, count(*) FROM items GROUP BY state").ToDictionary(row => LedgerText.State(row.State), row => (int)row.Count);
        return new ItemCounts(Of(ItemState.Seen), Of(ItemState.Ready), Of(ItemState.Running), Of(ItemState.Done), Of(ItemState.Rejected), Of(ItemState.Quarantined));

        int Of(ItemState state) => counts.GetValueOrDefault(state);
    }
}
