using System.Collections.Concurrent;
using Akka.Actor;
using MhdNet.Ingest.Drop;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Ledger;

namespace MhdNet.Ingest.Tests.Drop;

/// <summary>The actor with a real ledger and real files; looks are asked for, so no test waits for time to pass.</summary>
public sealed class DropFolderActorTests : ActorTest, IFileProbe
{
    private static readonly DropSettings Slow = new() { PollInterval = TimeSpan.FromHours(1) };

    private readonly TemporaryFolder _folder = new();
    private readonly ManualClock _clock = new();
    private readonly ConcurrentQueue<string> _probed = new();
    private readonly IActorRef _ledger;
    private IActorRef _drop = ActorRefs.Nobody;
    private bool _denied;

    public DropFolderActorTests()
    {
        Directory.CreateDirectory(_folder["drop"]);
        _ledger = Sys.ActorOf(LedgerActor.Props(_folder["ledger.db"], new DropNames(_folder["drop"]), LedgerSettings.Default, _clock));
        Sys.EventStream.Subscribe(TestActor, typeof(IntakeStatus));
        Sys.EventStream.Subscribe(TestActor, typeof(DropFolderProblem));
    }

    public ProbeResult Probe(string path)
    {
        _probed.Enqueue(Path.GetFileName(path));
        return Path.GetFileName(path) == "bad.dcm" ? throw new InvalidOperationException("the reader fell over")
            : _denied ? new ProbeResult.Unreadable(new Reason("unreadable", $"{path}: access denied"))
            : path.EndsWith(".dcm", StringComparison.Ordinal) ? new ProbeResult.CtSlice("x", "1.2", path)
            : ProbeResult.NotCtOrSlide(path);
    }

    [Fact]
    public void Files_become_items_once_they_are_stable_and_quiet()
    {
        Put("p1/a.dcm", "1");
        Put("p1/b.dcm", "1");
        Put("p1/n.txt", "1");
        Put("p2/s.svs", "1");
        Assert.Equal(4, Begin().PendingFiles);
        Put("p1/b.dcm", "12");
        Assert.False(Look(3).IsSettled);
        Assert.Equal(new ItemCounts(1, 1, 0, 0, 1, 0), Look(3).Items);
        Assert.Equal(["a.dcm", "b.dcm", "n.txt"], _probed.Order());
        var quiet = Look(5);
        Assert.Equal(new ItemCounts(0, 2, 0, 0, 1, 0), quiet.Items);
        Assert.False(quiet.IsSettled);

        _ledger.Tell(new TakeReady(9));
        foreach (var job in ExpectMsg<Jobs>().Items)
        {
            _ledger.Tell(new JobFinished(job.Item, new Outcome.Done(1), TimeSpan.Zero));
            ExpectMsg<ItemStored>();
        }

        Assert.True(Look(1).IsSettled);
        Assert.Equal(3, _probed.Count);
    }

    [Fact]
    public void After_a_restart_nothing_is_probed_or_done_again()
    {
        Put("p1/a.dcm", "1");
        Put("p1/n.txt", "1");
        Put("p2/s.svs", "1");
        Begin();
        Look(3);
        Look(10);
        _probed.Clear();
        Sys.Stop(_drop);
        File.Delete(_folder["drop/p2/s.svs"]);
        Assert.Equal(new ItemCounts(0, 1, 0, 0, 2, 0), Begin().Items);
        Assert.Empty(_probed);
    }

    [Fact]
    public void What_a_person_puts_back_does_not_wait_for_the_end_of_the_rest()
    {
        Put("p1/n.txt", "1");
        Begin();
        Look(3);
        _ledger.Tell(new Retry(ItemId.OfFile("p1", "p1/n.txt")));
        FishForMessage<IntakeStatus>(status => status.IsSettled); // of a look that nobody asked for, an hour before the next
        Assert.Equal(["n.txt", "n.txt"], _probed);
    }

    [Fact]
    public void The_end_of_the_last_job_is_told_without_waiting_for_the_end_of_the_rest()
    {
        Put("p1/a.svs", "1");
        Put("p1/b.svs", "2");
        Begin();
        Assert.Equal(2, Look(3).Items.Ready);
        _ledger.Tell(new TakeReady(2));
        foreach (var job in ExpectMsg<Jobs>().Items)
        {
            _ledger.Tell(new JobFinished(job.Item, new Outcome.Done(1), TimeSpan.Zero));
            ExpectMsg<ItemStored>();
        }

        Assert.True(ExpectMsg<IntakeStatus>().IsSettled);
    }

    [Fact]
    public void A_job_whose_files_changed_meanwhile_is_offered_again()
    {
        Put("p2/s.svs", "1");
        Begin();
        Look(3);
        var job = Take();
        Put("p2/s.svs", "123");
        Look(3);
        Assert.Equal(1, Look(1).Items.Running);
        _ledger.Tell(new JobFinished(job.Item, new Outcome.Done(1), TimeSpan.Zero));
        Assert.Equal(ItemState.Seen, FishForMessage<ItemStored>(_ => true).Record!.State);
        FishForMessage<IntakeStatus>(status => status.Items.Running == 0); // of a look at once
        Assert.Equal(new ItemCounts(0, 1, 0, 0, 0, 0), Look(3).Items);
        Assert.NotEqual(job.Item, Take().Item);
    }

    [Fact]
    public void What_a_job_makes_of_a_slide_that_is_another_one_by_then_does_not_count()
    {
        Put("p2/s.svs", "1");
        Begin();
        Look(3);
        var job = Take();
        Put("p2/s.svs", "123");
        Look(1);
        Assert.Equal(new ItemCounts(0, 1, 1, 0, 0, 0), Look(3).Items);
        _ledger.Tell(new JobFinished(job.Item, new Outcome.Done(1), TimeSpan.Zero));
        Assert.Equal("deleted", ExpectMsg<ItemStored>().Record!.Reason!.Code);
    }

    [Fact]
    public void A_slide_renamed_after_it_was_done_stays_done_under_its_new_name_and_a_copy_adds_nothing()
    {
        Put("p2/s.svs", "pixels");
        Begin();
        Look(3);
        var job = Take();
        _ledger.Tell(new JobFinished(job.Item, new Outcome.Done(1), TimeSpan.Zero));
        ExpectMsg<ItemStored>();
        Look(1);
        File.Move(_folder["drop/p2/s.svs"], _folder["drop/p2/t.svs"]);
        Look(1);
        Look(3);
        Put("p2/u.svs", "pixels");
        Look(1);
        Assert.Equal(new ItemCounts(0, 0, 0, 1, 0, 0), Look(3).Items);
        Assert.Equal(new ItemCounts(0, 0, 0, 1, 0, 0), Look(3).Items);
        _ledger.Tell(new GetItem(job.Item));
        Assert.Equal(("p2/t.svs", ItemState.Done), ExpectMsg<ItemStored>().Record is { } item ? (item.Path, item.State) : default);
    }

    [Fact]
    public void A_probe_that_throws_is_tried_again_and_then_quarantined_with_its_words()
    {
        Put("p1/bad.dcm", "1");
        Begin();
        Assert.Equal(1, Look(3).PendingFiles);
        Assert.Equal(1, Look(6).PendingFiles);
        var last = Look(11);
        Assert.Equal((0, 1, true), (last.PendingFiles, last.Items.Quarantined, last.IsSettled));
        _ledger.Tell(new GetItems());
        Assert.Contains("the reader fell over", Assert.Single(ExpectMsg<ItemList>().Items).Reason!.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_vanishes_is_reported_and_watched_on()
    {
        Put("p2/s.svs", "1");
        Begin();
        Assert.Equal(1, Look(3).Items.Ready);
        Directory.Move(_folder["drop"], _folder["away"]);
        _drop.Tell(new LookNow());
        Assert.Contains(_folder["drop"], ExpectMsg<DropFolderProblem>().Sentence, StringComparison.Ordinal);
        Assert.Equal((true, 1), ExpectMsg<IntakeStatus>() is var away ? (away.IsBlind, away.Problems.Count) : default); // labels lie there, too: nothing is to be decided without them
        Directory.Move(_folder["away"], _folder["drop"]);
        Assert.Equal((1, 0), Look(1) is var back ? (back.Items.Ready, back.Problems.Count) : default);
    }

    [Fact]
    public void A_folder_that_is_bare_where_files_are_known_is_taken_for_unmounted_and_nothing_is_forgotten()
    {
        Put("p1/a.dcm", "1");
        Put("p2/s.svs", "1");
        Begin();
        Look(3);
        Assert.Equal(2, Look(10).Items.Ready);
        Watch(_drop);
        Sys.Stop(_drop);
        ExpectTerminated(_drop);
        Directory.Move(_folder["drop"], _folder["disk"]);
        Directory.CreateDirectory(_folder["drop"]);
        _probed.Clear();
        _drop = Sys.ActorOf(DropFolderActor.Props(new DropNames(_folder["drop"]), Slow, this, _ledger, _clock));
        Assert.Contains("probably not mounted", ExpectMsg<DropFolderProblem>().Sentence, StringComparison.Ordinal);
        Assert.Equal((false, 1), ExpectMsg<IntakeStatus>() is var blind ? (blind.IsSettled, blind.Problems.Count) : default); // for who shows how things stand, though nothing could be looked at yet
        _ledger.Tell(new CountItems());
        Assert.Equal(2, ExpectMsg<ItemCounts>().Ready);

        Directory.Delete(_folder["drop"]);
        Directory.Move(_folder["disk"], _folder["drop"]);
        Assert.Equal((2, 0), Look(1) is var back ? (back.Items.Ready, back.Problems.Count) : default);
        Assert.Empty(_probed);
        Directory.Delete(_folder["drop/p1"], recursive: true);
        Directory.Delete(_folder["drop/p2"], recursive: true);
        Assert.Equal((0, 2), Look(1) is var gone ? (gone.Items.Ready, gone.Items.Rejected) : default);
    }

    [Fact]
    public void A_file_that_may_not_be_read_is_taken_up_when_it_may()
    {
        _denied = true;
        Put("p1/a.dcm", "1");
        Begin();
        Look(3);
        Look(6);
        Assert.Equal(1, Look(11).Items.Quarantined);
        Assert.Equal(1, Look(30).Items.Quarantined);
        _denied = false;
        var probed = _probed.Count;
        Assert.Equal(1, Look(1).Items.Quarantined); // its time has not come
        Assert.Equal(probed, _probed.Count);
        Look(60);
        Assert.Equal(new ItemCounts(0, 1, 0, 0, 0, 0), Look(6).Items);
    }

    [Fact]
    public void A_disk_that_is_nearly_full_pauses_the_intake_says_so_and_goes_on_by_itself()
    {
        var free = 5L;
        var disk = new DiskWatermark(_folder["work"], 10, () => free);
        var ledger = Sys.ActorOf(LedgerActor.Props(_folder["ledger2.db"], new DropNames(_folder["drop"]), LedgerSettings.Default, _clock, disk: disk));
        Put("p2/s.svs", "1");
        _drop = Sys.ActorOf(DropFolderActor.Props(new DropNames(_folder["drop"]), Slow, this, ledger, _clock, disk));
        Assert.Contains("mhdnet.ledger.min-free", ExpectMsg<DropFolderProblem>().Sentence, StringComparison.Ordinal);
        Assert.Single(ExpectMsg<IntakeStatus>().Problems);
        Assert.Equal((1, 1), Look(3) is var low ? (low.Items.Ready, low.Problems.Count) : default);
        ledger.Tell(new TakeReady(1));
        Assert.Empty(ExpectMsg<Jobs>().Items);
        free = 10;
        Assert.Empty(Look(1).Problems);
        ledger.Tell(new TakeReady(1));
        Assert.Single(ExpectMsg<Jobs>().Items);
    }

    [Fact]
    public void Names_with_blanks_brackets_Unicode_and_newlines_and_deep_trees_arrive_as_they_are()
    {
        string[] names = ["p1/a b.svs", "p1/[x](y)'\"$.svs", "p\u00e4tient \u2014 \u4e2d/s\u00fcd.svs", "p1/two\nlines.svs", "p2/" + string.Concat(Enumerable.Repeat("d/", 300)) + "deep.svs"];
        Array.ForEach(names, name => Put(name, name));
        Begin();
        Assert.Equal(names.Length, Look(3).Items.Ready);
        _ledger.Tell(new TakeReady(9));
        var jobs = ExpectMsg<Jobs>().Items;
        Assert.Equal(names.Select(name => _folder["drop/" + name]).Order(StringComparer.Ordinal), jobs.Select(job => Assert.Single(job.Files)).Order(StringComparer.Ordinal));
        Assert.All(jobs, job => Assert.True(File.Exists(job.Files[0])));
        Assert.Equal(names.Length, jobs.Select(job => job.Item).Distinct().Count());
    }

    [Fact]
    public void Names_that_are_not_UTF8_are_told_once_a_folder_until_they_are_renamed_and_disturb_nothing()
    {
        Put("p1/s.svs", "1");
        using var names = new NotUtf8(_folder["drop"]);
        _drop = Sys.ActorOf(DropFolderActor.Props(new DropNames(_folder["drop"]), Slow, this, _ledger, _clock));
        Assert.Contains("M\uFFFDller has a name that is not UTF-8", ExpectMsg<DropFolderProblem>().Sentence, StringComparison.Ordinal);
        Assert.Contains("p1/a\uFFFD.dcm has a name", ExpectMsg<DropFolderProblem>().Sentence, StringComparison.Ordinal);
        Assert.Equal(2, ExpectMsg<IntakeStatus>().Problems.Count);
        Assert.Equal((1, 0), Look(30) is var told ? (told.Items.Ready, told.Items.Rejected) : default);
        names.Rename();
        Assert.Empty(Look(1).Problems);
    }

    [Fact]
    public void A_copy_cut_short_is_quarantined_only_as_long_as_it_stays_so_and_a_rename_into_place_is_a_new_file()
    {
        Put("p1/.incoming", "1");
        Begin();
        Assert.Equal(0, Look(3).PendingFiles);
        File.Move(_folder["drop/p1/.incoming"], _folder["drop/p1/a.dcm"]);
        Look(1);
        Look(3);
        Assert.Equal(1, Look(6).Items.Ready);
        Put("p1/b.dcm", "1"); // the copy goes on after the series was complete
        Assert.Equal(1, Look(1) is var open ? open.Items.Ready + open.Items.Seen : 0);
        Look(3);
        Look(6);
        _ledger.Tell(new TakeReady(9));
        Assert.Equal(2, Assert.Single(ExpectMsg<Jobs>().Items).Files.Count);
    }

    [Fact]
    public void It_looks_again_by_itself_and_answers_who_asks()
    {
        _drop = Sys.ActorOf(DropFolderActor.Props(new DropNames(_folder["drop"]), new DropSettings { PollInterval = TimeSpan.FromMilliseconds(1), RestMax = TimeSpan.FromMilliseconds(1) }, this, _ledger, _clock));
        _drop.Tell(new GetIntakeStatus());
        Assert.All(Enumerable.Range(0, 4), _ => Assert.True(ExpectMsg<IntakeStatus>().IsSettled));
    }

    protected override void AfterAll()
    {
        Shutdown(); // nothing writes into the folder once the actors have ended
        base.AfterAll();
        _folder.Dispose();
    }

    private IntakeStatus Begin()
    {
        _drop = Sys.ActorOf(DropFolderActor.Props(new DropNames(_folder["drop"]), Slow, this, _ledger, _clock));
        return ExpectMsg<IntakeStatus>();
    }

    private IntakeStatus Look(double seconds)
    {
        _clock.Advance(seconds);
        _drop.Tell(new LookNow());
        return ExpectMsg<IntakeStatus>();
    }

    private Job Take()
    {
        _ledger.Tell(new TakeReady(9));
        return Assert.Single(ExpectMsg<Jobs>().Items);
    }

    private void Put(string path, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder["drop/" + path])!);
        File.WriteAllText(_folder["drop/" + path], content);
    }
}
