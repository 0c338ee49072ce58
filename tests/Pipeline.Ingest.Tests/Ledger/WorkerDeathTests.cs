using Akka.Actor;
using MhdNet.Ingest.Drop;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Ledger;

namespace MhdNet.Ingest.Tests.Ledger;

public sealed class WorkerDeathTests : ActorTest
{
    private static readonly DateTimeOffset At = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly WorkerDeath Crash = new("signal 11 (SIGSEGV), exit code 139", TimeSpan.FromSeconds(1.5), ["last words"]);

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Deaths_are_no_attempts_and_the_third_quarantines_with_all_of_them()
    {
        var item = LedgerRules.Start(Item, At);
        item = Assert.Single(LedgerRules.Finish(item, new Outcome.Failed(new Reason("io", "disk")), TimeSpan.Zero, At, LedgerSettings.Default));
        for (var death = 1; death <= 3; death++)
        {
            item = Assert.Single(LedgerRules.Die(LedgerRules.Start(item, At), Crash, At.AddSeconds(death), LedgerSettings.Default));
            Assert.Equal((death < 3 ? ItemState.Ready : ItemState.Quarantined, death, 1), (item.State, item.Deaths, item.Attempts));
            Assert.Null(item.RetryAt);
        }

        Assert.Equal(LedgerRules.WorkerDied, item.Reason!.Code);
        Assert.Contains("3 times. 2026-01-01T00:00:01.000Z, attempt 2: signal 11 (SIGSEGV), exit code 139, after 1.5 s; 2026-01-01T00:00:02.000Z", item.Reason.Sentence, StringComparison.Ordinal);
        Assert.Contains("Last on its standard error: 'last words'.", item.Reason.Sentence, StringComparison.Ordinal);
        var again = Assert.Single(LedgerRules.Retry(item, At));
        Assert.Equal((ItemState.Ready, 0, ""), (again.State, again.Deaths, again.DeathNotes));
    }

    [Fact]
    public void A_death_while_the_files_change_or_are_deleted_is_that_of_the_old_files()
    {
        var running = LedgerRules.Start(Item, At);
        var reopened = LedgerRules.Die(running with { Changed = true, Content = "new" }, Crash, At, LedgerSettings.Default)[^1];
        Assert.Equal((ItemState.Seen, 0), (reopened.State, reopened.Deaths));
        Assert.Equal("deleted", Assert.Single(LedgerRules.Die(running with { Content = "" }, Crash, At, LedgerSettings.Default)).Reason!.Code);
        Assert.Empty(LedgerRules.Die(Item, Crash, At, LedgerSettings.Default)); // not running any more
    }

    [Fact]
    public void Handed_back_at_a_restart_an_item_keeps_its_deaths_and_gets_no_new_one()
    {
        var dead = Assert.Single(LedgerRules.Die(LedgerRules.Start(Item, At), Crash, At, LedgerSettings.Default));
        var back = Assert.Single(LedgerRules.HandBack(LedgerRules.Start(dead, At), At));
        Assert.Equal((ItemState.Ready, 1, 0), (back.State, back.Deaths, back.Attempts));
    }

    [Fact]
    public void The_same_death_told_twice_counts_once_and_a_job_carries_the_count_and_the_size()
    {
        var ledger = Start();
        var first = Take(ledger);
        Assert.Equal((0, 300L), (first.Deaths, first.Bytes));
        var died = new JobDied(first.Item, first.Attempt, first.Deaths, Crash);
        ledger.Tell(died);
        Assert.Equal(1, ExpectMsg<ItemStored>().Record!.Deaths);
        ledger.Tell(died);
        Assert.Equal(1, ExpectMsg<ItemStored>().Record!.Deaths);
        Assert.Equal((1, 1), (Take(ledger).Deaths, first.Attempt));
        ledger.Tell(died); // of the job before
        Assert.Equal((ItemState.Running, 1), (ExpectMsg<ItemStored>().Record!.State, 1));
    }

    [Fact]
    public void What_nobody_works_on_any_more_goes_back_together()
    {
        var ledger = Start();
        var job = Take(ledger);
        ledger.Tell(new ReturnRunning());
        Assert.Equal([job.Item], ExpectMsg<RunningReturned>().Items);
        ledger.Tell(new ReturnRunning());
        Assert.Empty(ExpectMsg<RunningReturned>().Items);
        Assert.Equal(1, Take(ledger).Attempt);
    }

    [Fact]
    public void Real_names_in_a_worker_s_last_words_are_hidden_where_patients_are()
    {
        Directory.CreateDirectory(_folder["drop/Anna Adler"]);
        var names = new DropNames(_folder["drop"], new Pseudonyms([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]));
        var shown = Assert.Single(names.Shown(new Listing([new ListedFile("Anna Adler/a.dcm", 1, At)], new HashSet<string>(), new Dictionary<string, string>())).Files).Path;
        var ledger = Sys.ActorOf(LedgerActor.Props(_folder["hidden.db"], names, LedgerSettings.Default, TimeProvider.System));
        Observe(ledger, shown, shown.Split('/')[0]);
        var job = Take(ledger);
        ledger.Tell(new JobDied(job.Item, job.Attempt, 0, Crash with { LastLines = [$"cannot read {_folder["drop/Anna Adler/a.dcm"]}"] }));
        var reason = ExpectMsg<ItemStored>().Record!.Reason!.Sentence;
        Assert.DoesNotContain("Adler", reason, StringComparison.Ordinal);
        Assert.Contains("cannot read", reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_work_folder_is_opened_when_the_last_worker_of_an_earlier_host_is_gone()
    {
        using (WorkFolder.Open(_folder["work"], TimeProvider.System, out _))
        {
        }

        var worker = WorkerPresence.Hold(_folder["work"]);
        var other = WorkerPresence.Hold(_folder["work"]); // workers do not keep each other out
        var opening = Task.Run(() => WorkFolder.Open(_folder["work"], TimeProvider.System, out _));
        other.Dispose();
        Assert.NotSame(opening, await Task.WhenAny(opening, Task.Delay(200)));
        worker.Dispose();
        using var opened = await opening;
        using var next = WorkerPresence.Hold(_folder["work"]);
    }

    protected override void AfterAll()
    {
        base.AfterAll();
        _folder.Dispose();
    }

    private static ItemRecord Item { get; } = new(ItemId.OfSlide("p", "p/s.svs"), ItemKind.Slide, "p", "p/s.svs", ItemState.Ready) { UpdatedAt = At, Content = "c" };

    private IActorRef Start()
    {
        var ledger = Sys.ActorOf(LedgerActor.Props(_folder["ledger.db"], new DropNames("/drop"), LedgerSettings.Default, TimeProvider.System));
        Observe(ledger, "p/a.dcm", "p");
        return ledger;
    }

    private void Observe(IActorRef ledger, string path, string patient)
    {
        var series = ItemId.OfSeries(patient, "1.2");
        ledger.Tell(new Observed(
            1, [new FileRecord(path, 300, At, new ProbeResult.CtSlice("", "1.2", "1.2.3"), 1, series)], [], [new ItemObservation(series, ItemKind.Ct, patient, Path.GetDirectoryName(path)!, "c", new Standing.Complete())], []));
        ExpectMsg<Stored>();
    }

    private Job Take(IActorRef ledger)
    {
        ledger.Tell(new TakeReady(1));
        return Assert.Single(ExpectMsg<Jobs>().Items);
    }
}
