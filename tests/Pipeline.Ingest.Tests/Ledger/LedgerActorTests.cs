using Akka.Actor;
using MhdNet.Ingest.Drop;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Ledger;

namespace MhdNet.Ingest.Tests.Ledger;

public sealed class LedgerActorTests : ActorTest
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualClock _clock = new();
    private readonly IActorRef _ledger;

    public LedgerActorTests()
    {
        _ledger = Start();
    }

    private string Db => _folder["ledger.db"];

    [Fact]
    public void Observed_items_become_jobs_with_absolute_paths_once()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(ItemChanged));
        ObserveSeries();
        Assert.Equal(ItemState.Ready, ExpectMsg<ItemChanged>().Item.State);
        Assert.Equal(1, ExpectMsg<Stored>().Counts.Ready);

        _ledger.Tell(new TakeReady(5));
        Assert.Equal(ItemState.Running, ExpectMsg<ItemChanged>().Item.State);
        var job = Assert.Single(ExpectMsg<Jobs>().Items);
        Assert.Equal([Path.Combine("/drop", "p/a.dcm"), Path.Combine("/drop", "p/b.dcm")], job.Files);
        Assert.Equal((Series.Id, ItemKind.Ct, "p", 1), (job.Item, job.Kind, job.Patient, job.Attempt));

        _ledger.Tell(new TakeReady(5));
        Assert.Empty(ExpectMsg<Jobs>().Items);
    }

    [Fact]
    public void An_item_asked_for_by_name_is_given_once_and_without_waiting_for_its_next_try()
    {
        ObserveSeries();
        ExpectMsg<Stored>();
        _ledger.Tell(new TakeItem(new ItemId("unknown")));
        Assert.Empty(ExpectMsg<Jobs>().Items);
        _ledger.Tell(new TakeItem(Series.Id));
        var job = Assert.Single(ExpectMsg<Jobs>().Items);
        Assert.Equal((Series.Id, 1), (job.Item, job.Attempt));
        _ledger.Tell(new TakeItem(Series.Id));
        Assert.Empty(ExpectMsg<Jobs>().Items);
        Fail(job);
        _ledger.Tell(new TakeItem(Series.Id));
        Assert.Equal(2, Assert.Single(ExpectMsg<Jobs>().Items).Attempt);
    }

    [Fact]
    public void A_failed_job_comes_back_after_its_wait_and_is_quarantined_the_third_time()
    {
        ObserveSeries();
        ExpectMsg<Stored>();
        foreach (var wait in new[] { 5, 10 })
        {
            Fail(Take()!);
            Assert.Null(Take());
            _clock.Advance(wait - 0.1);
            Assert.Null(Take());
            _clock.Advance(0.1);
        }

        var last = Fail(Take()!);
        Assert.Equal((ItemState.Quarantined, 3, "attempt 3"), (last.State, last.Attempts, last.Reason!.Sentence));
        _clock.Advance(1000);
        Assert.Null(Take());

        _ledger.Tell(new Retry(Series.Id));
        Assert.Equal(ItemState.Ready, ExpectMsg<ItemStored>().Record!.State);
        Assert.Equal(1, Take()!.Attempt);
    }

    [Fact]
    public void An_answer_that_comes_twice_or_of_an_older_attempt_changes_nothing()
    {
        ObserveSeries();
        ExpectMsg<Stored>();
        var first = Take()!;
        Fail(first);
        _clock.Advance(5);
        Assert.Equal(2, Take()!.Attempt);
        _ledger.Tell(new JobFinished(first.Item, new Outcome.Done(9), TimeSpan.Zero, first.Attempt));
        Assert.Equal(ItemState.Running, ExpectMsg<ItemStored>().Record!.State);
        for (var i = 0; i < 2; i++)
        {
            _ledger.Tell(new JobFinished(first.Item, new Outcome.Done(3, "note"), TimeSpan.FromSeconds(2), 2));
            var stored = ExpectMsg<ItemStored>().Record!;
            Assert.Equal((ItemState.Done, 3, "note", TimeSpan.FromSeconds(2)), (stored.State, stored.Sequences, stored.Note, stored.Duration));
        }
    }

    [Fact]
    public void What_cannot_be_written_is_answered_and_leaves_the_ledger_as_it_was()
    {
        ObserveSeries();
        ExpectMsg<Stored>();
        using (var other = LedgerFile.Connect(Db, Microsoft.Data.Sqlite.SqliteOpenMode.ReadWrite))
        using (var command = other.CreateCommand())
        {
            command.CommandText = "CREATE TRIGGER full BEFORE INSERT ON transitions BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END";
            command.ExecuteNonQuery();
            _ledger.Tell(new TakeReady(1));
            var failed = ExpectMsg<LedgerFailed>();
            Assert.Equal(("ledger-write", true), (failed.Reason.Code, failed.Reason.Sentence.Contains("disk is full", StringComparison.Ordinal)));
            command.CommandText = "DROP TRIGGER full";
            command.ExecuteNonQuery();
        }

        Assert.Equal(1, Take()!.Attempt);
    }

    [Fact]
    public void A_damaged_ledger_is_answered_and_ends_the_actor()
    {
        ObserveSeries();
        ExpectMsg<Stored>();
        using (var other = LedgerFile.Connect(Db, Microsoft.Data.Sqlite.SqliteOpenMode.ReadWrite))
        using (var command = other.CreateCommand())
        {
            command.CommandText = "PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = 'CREATE TABLE nonsense' WHERE name = 'runs'; PRAGMA schema_version = 999;";
            command.ExecuteNonQuery();
            _ledger.Tell(new GetRuns());
            Assert.Contains("malformed", ExpectMsg<LedgerFailed>().Reason.Sentence, StringComparison.Ordinal);
        }

        Watch(_ledger);
        ExpectTerminated(_ledger); // it cannot open the file again either; who started it decides what now
    }

    [Fact]
    public void A_ledger_whose_folder_is_away_is_answered_so_and_opened_when_it_is_there_again()
    {
        ObserveSeries();
        ExpectMsg<Stored>();
        Watch(_ledger);
        Sys.Stop(_ledger);
        ExpectTerminated(_ledger);
        Directory.Move(_folder.Path, _folder.Path + ".away");
        var again = Watch(Start());
        for (var request = 0; request < 10; request++)
        {
            again.Tell(new CountItems());
            ExpectMsg<LedgerFailed>(); // and it has not ended: who begins anew too often is given up
        }

        Directory.Move(_folder.Path + ".away", _folder.Path);
        again.Tell(new CountItems());
        Assert.Equal(1, ExpectMsg<ItemCounts>().Ready);
    }

    [Fact]
    public void Another_actor_goes_on_with_the_same_file()
    {
        ObserveSeries();
        ExpectMsg<Stored>();
        Watch(_ledger);
        Sys.Stop(_ledger);
        ExpectTerminated(_ledger);
        var again = Start();
        again.Tell(new CountItems());
        Assert.Equal(1, ExpectMsg<ItemCounts>().Ready);
        again.Tell(new GetKnown());
        var known = ExpectMsg<Known>();
        Assert.Equal((2, 1), (known.Files.Count, known.Items.Count));
    }

    [Fact]
    public void Files_that_vanish_take_their_complaint_with_them()
    {
        var junk = new ItemObservation(ItemId.OfFile("p", "p/n.txt"), ItemKind.File, "p", "p/n.txt", "c", new Standing.Refused(new Reason("not-ct-or-slide", "p/n.txt")));
        _ledger.Tell(new Observed(1, [], [], [junk], []));
        Assert.Equal(1, ExpectMsg<Stored>().Counts.Rejected);
        Sys.EventStream.Subscribe(TestActor, typeof(ItemForgotten));
        _ledger.Tell(new Observed(2, [], ["p/n.txt"], [], [junk.Id]));
        Assert.Equal(junk.Id, ExpectMsg<ItemForgotten>().Item);
        Assert.Equal(new ItemCounts(0, 0, 0, 0, 0, 0), ExpectMsg<Stored>().Counts);
    }

    protected override void AfterAll()
    {
        Shutdown(); // nothing writes into the folder once the actors have ended
        base.AfterAll();
        _folder.Dispose();
    }

    private static ItemObservation Series { get; } = new(ItemId.OfSeries("p", "1.2"), ItemKind.Ct, "p", "p", "content", new Standing.Complete());

    private IActorRef Start() => Sys.ActorOf(LedgerActor.Props(Db, new DropNames("/drop"), LedgerSettings.Default, _clock));

    private void ObserveSeries() => _ledger.Tell(new Observed(
        1,
        [.. new[] { "p/a.dcm", "p/b.dcm" }.Select(path => new FileRecord(path, 1, _clock.GetUtcNow(), new ProbeResult.CtSlice("p", "1.2", path), 1, Series.Id))],
        [],
        [Series],
        []));

    private Job? Take()
    {
        _ledger.Tell(new TakeReady(1));
        return ExpectMsg<Jobs>().Items.SingleOrDefault();
    }

    private ItemRecord Fail(Job job)
    {
        _ledger.Tell(new JobFinished(job.Item, new Outcome.Failed(new Reason("truncated", $"attempt {job.Attempt}")), TimeSpan.FromSeconds(1), job.Attempt));
        return ExpectMsg<ItemStored>().Record!;
    }
}
