using System.Threading.Channels;
using Akka.Actor;
using MhdNet.Host.Batch;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Ledger;
using MhdNet.Ingest.Sequences;
using MhdNet.Tiling.Slides;

namespace MhdNet.Host.Tests.Batch;

public class BatchQueueTests : ActorTest
{
    [Fact]
    public void A_full_disk_stops_the_batch_and_is_told_once()
    {
        using var folder = new TemporaryFolder();
        var slides = new[] { "a", "b" }.Select(name => new BatchSlide($"/slides/{name}.svs", new SlideSettings(), new ItemId(name), name)).ToList();
        var (ledger, dispatcher, told, results) = (CreateTestProbe(), CreateTestProbe(), new List<string>(), Channel.CreateUnbounded<BatchResult>());
        Action<string> giveUp = told.Add;
        var queue = Sys.ActorOf(Props.Create(() => new BatchQueue(slides, ledger, new SequenceStore(folder.Path), results.Writer, giveUp, new ManualClock())));
        queue.Tell(new TakeReady(1), dispatcher);
        ledger.ExpectMsg<TakeItem>(take => Assert.Equal("a", take.Item.Value));
        queue.Tell(new Jobs([new Job(new ItemId("a"), ItemKind.Slide, "P", ["/slides/a.svs"], 1)], null), ledger);
        dispatcher.ExpectMsg<Jobs>(jobs => Assert.Single(jobs.Items));

        queue.Tell(new ItemStored(new ItemId("a"), Ready("a") with { Reason = new Reason(LedgerRules.DiskFull, "No room.") }), ledger);
        queue.Tell(new TakeReady(1), dispatcher);
        dispatcher.ExpectMsg<Jobs>(jobs => Assert.Empty(jobs.Items)); // the second slide is not begun
        queue.Tell(new BatchQueue.BatchStopped());
        ledger.ExpectMsg<GetItem>(asked => Assert.Equal("b", asked.Item.Value));
        queue.Tell(new ItemStored(new ItemId("b"), Ready("b")), ledger);

        AwaitAssert(() => Assert.True(results.Reader.Completion.IsCompleted || results.Reader.Count == 2));
        Assert.Equal(["No room."], told);
        Assert.True(results.Reader.TryRead(out var first) && results.Reader.TryRead(out var second) && first is { Begun: true, Ended: false } && second is { Begun: false, Ended: false });
    }

    [Fact]
    public void A_folder_of_slides_that_is_away_stops_the_batch_and_no_slide_is_blamed()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["slides/old"]);
        var slides = new[] { "old/a", "new/b" }.Select(name => new BatchSlide($"{folder["slides"]}/{name}.svs", new SlideSettings(), new ItemId(name[^1..]), name)).ToList();
        var (ledger, dispatcher, told, results) = (CreateTestProbe(), CreateTestProbe(), new List<string>(), Channel.CreateUnbounded<BatchResult>());
        Action<string> giveUp = told.Add;
        var queue = Sys.ActorOf(Props.Create(() => new BatchQueue(slides, ledger, new SequenceStore(folder.Path), results.Writer, giveUp, new ManualClock())));
        var failed = new JobFinished(slides[0].Item, new Outcome.Failed(new Reason("missing-file", "why")), TimeSpan.Zero, 1);
        queue.Tell(failed, dispatcher);
        Assert.Equal(failed, ledger.ExpectMsg<JobFinished>()); // its own folder may be gone: the others' is there
        Directory.Delete(folder["slides"], recursive: true);
        queue.Tell(failed, dispatcher);
        ledger.ExpectMsg<JobReturned>();
        queue.Tell(new JobDied(slides[0].Item, 1, 0, new WorkerDeath("signal 7 (SIGBUS)", TimeSpan.Zero, [])), dispatcher);
        ledger.ExpectMsg<JobReturned>();
        Assert.Equal($"The folder of the slides, {folder["slides"]}, is not there any more. Look whether it is mounted and its share answers.", Assert.Single(told));
    }

    [Fact]
    public void What_is_lost_with_a_machine_comes_back_once_also_where_the_machine_does()
    {
        using var folder = new TemporaryFolder();
        var slide = new BatchSlide("/slides/a.svs", new SlideSettings(), new ItemId("a"), "a");
        var (ledger, dispatcher, results) = (CreateTestProbe(), CreateTestProbe(), Channel.CreateUnbounded<BatchResult>());
        Action<string> giveUp = _ => { };
        var queue = Sys.ActorOf(Props.Create(() => new BatchQueue(new[] { slide }, ledger, new SequenceStore(folder.Path), results.Writer, giveUp, new ManualClock())));
        queue.Tell(new JobLost(slide.Item, 1, 0, new MachineLoss("gone", TimeSpan.Zero)), dispatcher);
        ledger.ExpectMsg<JobLost>();
        Assert.Equal(queue, ledger.LastSender);
        queue.Tell(new JobAcquitted(slide.Item, "b"), dispatcher);
        ledger.ExpectMsg<JobAcquitted>();
        Assert.NotEqual(queue, ledger.LastSender); // an answer would put the slide into the queue a second time
    }

    private static ItemRecord Ready(string name) => new(new ItemId(name), ItemKind.Slide, "P", $"{name}.svs", ItemState.Ready);
}
