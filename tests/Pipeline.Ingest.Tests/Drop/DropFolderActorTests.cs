using System.Collections.Concurrent;
using Akka.Actor;
using Akka.TestKit.Xunit2;
using MhdNet.Ingest.Drop;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Ledger;

namespace MhdNet.Ingest.Tests.Drop;

/// <summary>The actor with a real ledger and real files; looks are asked for, so no test waits for time to pass.</summary>
public sealed class DropFolderActorTests : TestKit, IFileProbe
{
    private static readonly DropSettings Slow = new() { PollInterval = TimeSpan.FromHours(1) };

    private readonly TemporaryFolder _folder = new();
    private readonly ManualClock _clock = new();
    private readonly ConcurrentQueue<string> _probed = new();
    private readonly IActorRef _ledger;
    private IActorRef _drop = ActorRefs.Nobody;

    public DropFolderActorTests()
    {
        Directory.CreateDirectory(_folder["drop"]);
        _ledger = Sys.ActorOf(LedgerActor.Props(_folder["ledger.db"], _folder["drop"], LedgerSettings.Default, _clock));
        Sys.EventStream.Subscribe(TestActor, typeof(IntakeStatus));
        Sys.EventStream.Subscribe(TestActor, typeof(DropFolderProblem));
    }

    public ProbeResult Probe(string path)
    {
        _probed.Enqueue(Path.GetFileName(path));
        return Path.GetFileName(path) == "bad.dcm" ? throw new InvalidOperationException("the reader fell over")
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
        Assert.Equal(3, Begin().PendingFiles);
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
    public void A_rejected_file_that_is_put_back_is_probed_again()
    {
        Put("p1/n.txt", "1");
        Begin();
        Assert.True(Look(3).IsSettled);
        _ledger.Tell(new Retry(ItemId.OfFile("p1", "p1/n.txt")));
        Assert.Equal(ItemState.Seen, ExpectMsg<ItemStored>().Record!.State);
        Assert.True(Look(1).IsSettled);
        Assert.Equal(["n.txt", "n.txt"], _probed);
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
        Assert.Equal(1, Look(3).Items.Running);
        _ledger.Tell(new JobFinished(job.Item, new Outcome.Done(1), TimeSpan.Zero));
        Assert.Equal(ItemState.Seen, ExpectMsg<ItemStored>().Record!.State);
        Assert.Equal(1, Look(1).Items.Ready);
        Assert.Equal((job.Item, 1), (Take().Item, 1));
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
        Directory.Move(_folder["away"], _folder["drop"]);
        Assert.Equal(1, Look(1).Items.Ready);
    }

    [Fact]
    public void It_looks_again_by_itself_and_answers_who_asks()
    {
        _drop = Sys.ActorOf(DropFolderActor.Props(_folder["drop"], new DropSettings { PollInterval = TimeSpan.FromMilliseconds(1) }, this, _ledger, _clock));
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
        _drop = Sys.ActorOf(DropFolderActor.Props(_folder["drop"], Slow, this, _ledger, _clock));
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
