using Akka.Actor;
using MhdNet.Ingest.Drop;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Ledger;
using MhdNet.Ingest.Sequences;

namespace MhdNet.Ingest.Tests.Ledger;

public sealed class RetryTests : ActorTest
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualClock _clock = new();

    private static ItemId Series { get; } = ItemId.OfSeries("p", "1.2");

    private static ItemId Note { get; } = ItemId.OfFile("p", "p/n.txt");

    [Fact]
    public void Without_a_host_the_ledger_is_written_at_once_and_a_file_is_probed_anew()
    {
        using var work = WorkFolder.Open(_folder["work"], _clock, out _);
        using var ledger = LedgerFile.Open(work.LedgerPath);
        Fill(ledger);
        OfflineRetry.Run(ledger, [Series, Note, new ItemId("unknown")], _clock.GetUtcNow());
        Assert.Equal((ItemState.Ready, 0), (ledger.Item(Series)!.State, ledger.Item(Series)!.Attempts));
        Assert.Equal(ItemState.Seen, ledger.Item(Note)!.State);
        Assert.Equal(["p/a.dcm"], ledger.Files().Select(file => file.Path));
    }

    [Fact]
    public void With_a_host_the_request_is_a_file_that_goes_when_it_is_done()
    {
        using var work = WorkFolder.Open(_folder["work"], _clock, out _);
        using (var ledger = LedgerFile.Open(work.LedgerPath))
        {
            Fill(ledger);
        }

        var writer = Sys.ActorOf(LedgerActor.Props(work.LedgerPath, new DropNames(_folder["drop"]), LedgerSettings.Default, _clock));
        Sys.EventStream.Subscribe(TestActor, typeof(ItemChanged));
        var request = RetryRequest.Post(work.FullPath, [Series, new ItemId("unknown")]);
        File.WriteAllText(Path.Combine(work.FullPath, "requests", "retry-broken.json"), "{");
        var desk = Sys.ActorOf(Props.Create(() => new RequestDesk(work.FullPath, writer, TimeSpan.FromHours(1))));
        Assert.Equal((Series, ItemState.Ready), ExpectMsg<ItemChanged>().Item is var item ? (item.Id, item.State) : default);
        Await(() => !File.Exists(request));
        desk.Tell(new RequestDesk.LookForRequests());
        Await(() => RequestFiles.Pending(work.FullPath).Count == 0);
    }

    [Fact]
    public void Requests_wait_while_the_work_folder_is_away()
    {
        using var work = WorkFolder.Open(_folder["work"], _clock, out _);
        var (writer, errors) = (CreateTestProbe(), CreateTestProbe());
        Sys.EventStream.Subscribe(errors, typeof(Akka.Event.Error));
        RetryRequest.Post(work.FullPath, [Series]);
        Directory.Move(work.FullPath, _folder["away"]);
        var desk = Sys.ActorOf(Props.Create(() => new RequestDesk(work.FullPath, writer, TimeSpan.FromHours(1))));
        desk.Tell(new RequestDesk.LookForRequests());
        errors.ExpectNoMsg(TimeSpan.FromMilliseconds(50)); // a part that throws too often is given up
        Directory.Move(_folder["away"], work.FullPath);
        desk.Tell(new RequestDesk.LookForRequests());
        Assert.Equal(Series, writer.ExpectMsg<Retry>().Item);
    }

    [Fact]
    public void A_full_disk_costs_no_attempt_and_is_told_by_its_number()
    {
        Assert.Equal("disk-full", StoreFault.Code(new IOException("No space left on device", 28)));
        Assert.Equal("io", StoreFault.Code(new IOException("x", 5)));
        var running = new ItemRecord(Series, ItemKind.Ct, "p", "p", ItemState.Running) { Attempts = 3, Content = "c" };
        var now = _clock.GetUtcNow();
        var row = Assert.Single(LedgerRules.Finish(running, new Outcome.Failed(new Reason("disk-full", "full")), TimeSpan.Zero, now, LedgerSettings.Default));
        Assert.Equal((ItemState.Ready, 2, now.AddSeconds(5)), (row.State, row.Attempts, row.RetryAt));
    }

    [Fact]
    public void What_was_made_of_an_earlier_form_goes_when_the_present_one_comes_to_nothing_and_stays_until_then()
    {
        using var work = WorkFolder.Open(_folder["work"], _clock, out _);
        using (var ledger = LedgerFile.Open(work.LedgerPath))
        {
            ledger.Write(new ItemRecord(Series, ItemKind.Ct, "p", "p", ItemState.Done) { Sequences = 1, Content = "old" });
        }

        Directory.CreateDirectory(work.Store.Folder(Series));
        File.WriteAllText(Path.Combine(work.Store.Folder(Series), "manifest.json"), "{}");
        var writer = Sys.ActorOf(LedgerActor.Props(work.LedgerPath, new DropNames(_folder["drop"]), LedgerSettings.Default, _clock, work.Store));
        writer.Tell(new Observed(1, [], [], [new ItemObservation(Series, ItemKind.Ct, "p", "p", "new", new Standing.Complete())], []));
        ExpectMsg<Stored>();
        writer.Tell(new TakeReady(1));
        var job = Assert.Single(ExpectMsg<Jobs>().Items);
        Assert.True(work.Store.Contains(Series));
        writer.Tell(new JobFinished(Series, new Outcome.Rejected(new Reason("too-few-slices", "3")), TimeSpan.Zero, job.Attempt));
        ExpectMsg<ItemStored>();
        Assert.False(Directory.Exists(work.Store.Folder(Series)));
    }

    [Fact]
    public void Of_a_slide_that_another_one_replaced_nothing_stays_and_the_next_start_adopts_nothing()
    {
        ItemId old;
        using (var work = WorkFolder.Open(_folder["work"], _clock, out _))
        {
            using (var ledger = LedgerFile.Open(work.LedgerPath))
            {
                old = StoredItem.Put(work, ledger, "p", "a.svs", _clock.GetUtcNow()).Id;
            }

            var writer = Sys.ActorOf(LedgerActor.Props(work.LedgerPath, new DropNames(_folder["drop"]), LedgerSettings.Default, _clock, work.Store));
            writer.Tell(new Observed(1, [], [], [new ItemObservation(old, ItemKind.Slide, "p", "p/a.svs", "growing", new Standing.Growing())], []));
            ExpectMsg<Stored>();
            Assert.True(work.Store.Contains(old)); // it may only have been touched
            writer.Tell(new Observed(2, [], [], [new ItemObservation(ItemId.OfContent("p", "new"), ItemKind.Slide, "p", "p/a.svs", "new", new Standing.Complete())], [old]));
            Assert.Equal(new ItemCounts(0, 1, 0, 0, 0, 0), ExpectMsg<Stored>().Counts);
            Assert.False(work.Store.Contains(old) || File.Exists(work.Store.Picture(old)));
            Watch(writer);
            Sys.Stop(writer);
            ExpectTerminated(writer);
        }

        using (WorkFolder.Open(_folder["work"], _clock, out var found))
        {
            Assert.Empty(found.Adopted);
        }
    }

    [Fact]
    public void Files_that_may_be_read_again_are_taken_up_without_being_asked_for()
    {
        using var work = WorkFolder.Open(_folder["work"], _clock, out _);
        var denied = true;
        var rules = new LedgerSettings(1, TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5));
        var writer = Sys.ActorOf(LedgerActor.Props(work.LedgerPath, new DropNames(_folder["drop"]), rules, _clock, work.Store, mayRead: _ => !denied));
        var slide = ItemId.OfSlide("p", "p/a.svs");
        writer.Tell(new Observed(1, [], [], [new ItemObservation(slide, ItemKind.Slide, "p", "p/a.svs", "c", new Standing.Complete())], []));
        ExpectMsg<Stored>();
        writer.Tell(new JobFinished(slide, new Outcome.Failed(new Reason("unreadable-slide", "x")), TimeSpan.Zero, Take().Attempt));
        var quarantined = ExpectMsg<ItemStored>().Record!;
        Assert.Equal((ItemState.Quarantined, "no-permission"), (quarantined.State, quarantined.Reason!.Code));
        Assert.Contains("by itself within 5 min", quarantined.Reason.Sentence, StringComparison.Ordinal);
        _clock.Advance(300);
        Nothing(); // still denied: looked at again after as long
        denied = false;
        Nothing();
        _clock.Advance(300);
        Assert.Equal((slide, 1), (Take() is var job ? (job.Item, job.Attempt) : default));

        Job Take()
        {
            writer.Tell(new TakeReady(1));
            return Assert.Single(ExpectMsg<Jobs>().Items);
        }

        void Nothing()
        {
            writer.Tell(new TakeReady(1));
            Assert.Empty(ExpectMsg<Jobs>().Items);
        }
    }

    protected override void AfterAll()
    {
        base.AfterAll();
        _folder.Dispose();
    }

    private void Fill(LedgerFile ledger)
    {
        var (now, bad) = (_clock.GetUtcNow(), new Reason("truncated", "x"));
        ledger.Write(
            [new FileRecord("p/a.dcm", 1, now, new ProbeResult.CtSlice("", "1.2", "1.2.3"), 1, Series), new FileRecord("p/n.txt", 1, now, new ProbeResult.Neither(bad), 1, Note)],
            [],
            [
                new ItemRecord(Series, ItemKind.Ct, "p", "p", ItemState.Quarantined) { Content = "c", Reason = bad, Attempts = 3, UpdatedAt = now },
                new ItemRecord(Note, ItemKind.File, "p", "p/n.txt", ItemState.Rejected) { Content = "c", Reason = bad, UpdatedAt = now },
            ],
            []);
    }
}
