using System.Security.Cryptography;
using System.Text;
using Dapper;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Ledger;
using Microsoft.Data.Sqlite;

namespace MhdNet.Ingest.Forgetting;

/// <summary>
/// Who was forgotten: the ledger's table <c>forgotten</c>. It holds no id but a hash of it, which lets a later delivery of the same patient be known and names nobody; who guesses
/// an id can confirm the guess.
/// </summary>
public sealed class ForgottenPatients
{
    private readonly SqliteConnection _connection;

    internal ForgottenPatients(SqliteConnection connection) => _connection = connection;

    /// <summary>Marks a patient.</summary>
    public void Add(string patient, DateTimeOffset now) =>
        _connection.Execute("INSERT OR IGNORE INTO forgotten (mark, at) VALUES (@mark, @at)", new { mark = Mark(patient), at = LedgerText.Of(now) });

    /// <summary>Takes the mark away: the patient may be read again.</summary>
    public void Remember(string patient) => _connection.Execute("DELETE FROM forgotten WHERE mark = @mark", new { mark = Mark(patient) });

    /// <summary>Whether a patient is marked.</summary>
    public bool Contains(string patient) => Since(patient) is not null;

    /// <summary>A look at the drop folder, in which what lies there of forgotten patients is refused.</summary>
    public IReadOnlyList<ItemObservation> Refuse(IReadOnlyList<ItemObservation> seen) => _connection.ExecuteScalar<long>("SELECT count(*) FROM forgotten") == 0 ? seen :
    [
        .. seen.Select(item => Since(item.Patient) is not { } day ? item : item with
        {
            Standing = new Standing.Refused(new Reason(LedgerRules.Forgotten,
                $"{item.Patient} was forgotten on {day}, so {item.Path} is not read. Delete it from the drop folder, and this row goes too; to read it all the same: mhdnet retry {item.Id}.")),
        }),
    ];

    /// <summary>Removes every row of a patient, history included, and what the database file and its log still hold of it.</summary>
    public void Erase(string patient)
    {
        File.WriteAllBytes(Owed, []);
        using (var transaction = _connection.BeginTransaction())
        {
            var gone = _connection.Query<string>("SELECT DISTINCT item FROM transitions WHERE item NOT IN (SELECT id FROM items)", transaction: transaction)
                .Where(item => new ItemId(item).IsNamedAfter(patient)).Select(item => new { item });
            _connection.Execute("DELETE FROM transitions WHERE item = @item", gone, transaction);
            _connection.Execute(
                """
                DELETE FROM transitions WHERE item IN (SELECT id FROM items WHERE patient = @patient);
                DELETE FROM files WHERE item IN (SELECT id FROM items WHERE patient = @patient) OR substr(path, 1, length(@patient) + 1) = @patient || '/';
                DELETE FROM items WHERE patient = @patient;
                """,
                new { patient },
                transaction);
            transaction.Commit();
        }

        CrashPoint.Reach("unlisted");
        FinishErasing();
    }

    /// <summary>Compacts where rows were removed and the program was killed before the file was written anew: until then their bytes are in the log.</summary>
    public void FinishErasing()
    {
        if (File.Exists(Owed))
        {
            Compact();
            CrashPoint.Reach("compacted");
            File.Delete(Owed);
        }
    }

    /// <summary>Writes the file anew without what was deleted, and empties the log beside it.</summary>
    public void Compact() => _connection.Execute("PRAGMA wal_checkpoint(TRUNCATE); VACUUM; PRAGMA wal_checkpoint(TRUNCATE);");

    /// <summary>A file beside the ledger that is there from before rows are removed until nothing is left of them.</summary>
    private string Owed => _connection.DataSource + "-forgetting";

    private string? Since(string patient) => _connection.ExecuteScalar<string?>("SELECT substr(at, 1, 10) FROM forgotten WHERE mark = @mark", new { mark = Mark(patient) });

    private static string Mark(string patient) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"forgotten\n{patient}")))[..32];
}
