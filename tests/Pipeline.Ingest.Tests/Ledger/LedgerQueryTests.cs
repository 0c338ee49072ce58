using Dapper;
using MhdNet.Ingest.Ledger;
using Microsoft.Data.Sqlite;

namespace MhdNet.Ingest.Tests.Ledger;

/// <summary>What is asked for every job must not cost more with every item the ledger knows.</summary>
public sealed class LedgerQueryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(LedgerQueries.DueItems, "items_by_state (state=?)")]
    [InlineData(LedgerQueries.DeniedItems, "items_by_retry (state=? AND retry_at<?)")]
    [InlineData(LedgerQueries.FirstRetry, "items_by_retry (state=? AND retry_at>?)")]
    public void An_index_answers_and_nothing_is_sorted(string query, string index)
    {
        LedgerFile.Open(_folder["ledger.db"]).Dispose();
        using var connection = LedgerFile.Connect(_folder["ledger.db"], SqliteOpenMode.ReadOnly);

        var plan = connection.Query("EXPLAIN QUERY PLAN " + query, new { now = "", max = 1, code = "" }).Select(step => (string)step.detail).ToList();

        Assert.Contains(index, string.Join("; ", plan), StringComparison.Ordinal);
        Assert.DoesNotContain(plan, step => step.Contains("TEMP B-TREE", StringComparison.Ordinal) || step.StartsWith("SCAN", StringComparison.Ordinal));
    }
}
