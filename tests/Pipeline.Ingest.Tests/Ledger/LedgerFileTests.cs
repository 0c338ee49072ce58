using MhdNet.Ingest.Drop;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Ledger;
using Microsoft.Data.Sqlite;

namespace MhdNet.Ingest.Tests.Ledger;

public sealed class LedgerFileTests : IDisposable
{
    private static readonly DateTimeOffset Now = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddTicks(1234567);

    private readonly TemporaryFolder _folder = new();

    private string Db => _folder["ledger.db"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_written_is_read_again_also_by_others_meanwhile()
    {
        using var ledger = LedgerFile.Open(Db);
        using var reader = LedgerReader.Open(Db);
        var item = Item("a") with { State = ItemState.Ready };
        var failed = item with
        {
            Reason = new Reason("truncated", "a's \"end\" is missing; München"),
            Attempts = 2,
            RetryAt = Now.AddSeconds(5),
            Duration = TimeSpan.FromMilliseconds(1500),
            Note = "note",
            Changed = true,
        };
        ledger.Write(Item("a"), item, failed);
        FileRecord[] files =
        [
            new("p/a", 5_000_000_000, Now, new ProbeResult.CtSlice("p", "1.2", "1.2.3"), 1, item.Id),
            new("p/b", 1, Now, new ProbeResult.Neither(new Reason("not-ct-or-slide", "p/b")), 1, null),
            new("p/c", 1, Now, new ProbeResult.Unreadable(new Reason("truncated", "p/c")), 3, null),
            new("p/d", 1, Now, new ProbeResult.Slide("content", "companions"), 0, Item("d").Id),
        ];
        ledger.Write(files, [], [], []);
        var run = new RunRecord("run-1", Now, null, "running", "teacher", 3, null);
        ledger.Write(run);

        Assert.Equal(failed, Assert.Single(reader.Items()));
        Assert.Equal(failed, reader.Item(item.Id));
        Assert.Equal(files, ledger.Files().OrderBy(file => file.Path));
        Assert.Equal(["p/a"], ledger.PathsOf(item.Id));
        Assert.Equal([run], reader.Runs());
        Assert.Equal([(null, ItemState.Seen), (ItemState.Seen, ItemState.Ready)], reader.Transitions(item.Id).Select(step => (step.From, step.To!.Value)));
        Assert.Equal(new ItemCounts(0, 1, 0, 0, 0, 0), reader.Count());
    }

    [Fact]
    public void An_illegal_step_throws_and_nothing_of_the_call_is_written()
    {
        using var ledger = LedgerFile.Open(Db);
        ledger.Write(Item("a"));
        var e = Assert.Throws<InvalidOperationException>(() => ledger.Write(Item("b"), Item("a") with { State = ItemState.Done }));
        Assert.Contains("from seen to done", e.Message, StringComparison.Ordinal);
        Assert.Equal(Item("a"), Assert.Single(ledger.Items()));
    }

    [Fact]
    public void Due_items_come_oldest_first_and_not_before_their_time()
    {
        using var ledger = LedgerFile.Open(Db);
        ledger.Write(
            Item("late") with { State = ItemState.Ready, UpdatedAt = Now.AddSeconds(2) },
            Item("waits") with { State = ItemState.Ready, RetryAt = Now.AddSeconds(9) },
            Item("early") with { State = ItemState.Ready, UpdatedAt = Now.AddSeconds(1) });
        Assert.Equal(["early", "late"], ledger.Due(9, Now.AddSeconds(8)).Select(item => item.Path));
        Assert.Equal(["waits"], ledger.Due(1, Now.AddSeconds(9)).Select(item => item.Path));
        Assert.Equal(Now.AddSeconds(9), ledger.NextRetry());
    }

    [Fact]
    public void A_ledger_of_any_earlier_version_is_brought_to_this_one()
    {
        for (var version = 1; version < LedgerSchema.Version; version++)
        {
            var file = _folder[$"v{version}.db"];
            using (var old = LedgerFile.Connect(file, SqliteOpenMode.ReadWriteCreate))
            {
                LedgerSchema.Migrate(old, version);
            }

            Assert.Contains($"of version {version};", Assert.Throws<LedgerVersionException>(() => LedgerReader.Open(file)).Message, StringComparison.Ordinal);
            using var ledger = LedgerFile.Open(file);
            ledger.Write(Item("a") with { Manifest = "hash" });
            ledger.Forgotten.Add("q", Now);
            Assert.Equal(Item("a") with { Manifest = "hash" }, Assert.Single(ledger.Items()));
            Assert.True(ledger.Forgotten.Contains("q"));
        }
    }

    [Fact]
    public void A_newer_ledger_is_refused_with_what_to_do()
    {
        LedgerFile.Open(Db).Dispose();
        Execute("PRAGMA user_version = 99");
        foreach (var open in new Func<IDisposable>[] { () => LedgerFile.Open(Db), () => LedgerReader.Open(Db) })
        {
            var e = Assert.Throws<LedgerVersionException>(open);
            Assert.Contains("version 99", e.Message, StringComparison.Ordinal);
            Assert.Contains(Db, e.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_file_of_another_program_is_refused_and_left_as_it_is()
    {
        Execute("CREATE TABLE theirs (x)");
        var before = File.ReadAllBytes(Db);
        Assert.Contains("another program", Assert.Throws<LedgerVersionException>(() => LedgerFile.Open(Db)).Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(Db));

        File.WriteAllText(Db, new string('x', 5000));
        Assert.Contains("not a SQLite file", Assert.Throws<LedgerVersionException>(() => LedgerFile.Open(Db)).Message, StringComparison.Ordinal);
        Assert.Equal(5000, new FileInfo(Db).Length);
    }

    [Fact]
    public void A_missing_ledger_is_said_to_be_missing_and_not_created()
    {
        Assert.Contains(Db, Assert.Throws<FileNotFoundException>(() => LedgerReader.Open(Db)).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Db));
    }

    private static ItemRecord Item(string name) => new(ItemId.OfSlide("p", name), ItemKind.Slide, "p", name, ItemState.Seen) { UpdatedAt = Now, Content = "c" };

    private void Execute(string sql)
    {
        using var connection = LedgerFile.Connect(Db, SqliteOpenMode.ReadWriteCreate);
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The text is this test's own.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
