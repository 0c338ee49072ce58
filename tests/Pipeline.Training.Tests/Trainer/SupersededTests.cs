using Akka.Actor;
using MhdNet.Ingest.Ledger;
using MhdNet.Training.Results;
using MhdNet.Training.Trainer;

namespace MhdNet.Training.Tests.Trainer;

/// <summary>A trainer whose work folder another host has opened meanwhile: its lock went, as it does on a share from which a machine is cut off.</summary>
public sealed class SupersededTests : TrainerSpec
{
    [Fact]
    public void A_checkpoint_that_is_half_written_when_another_host_takes_over_never_counts_and_does_not_mix_with_the_other_s()
    {
        var run = NewRun();
        using var cutOff = WorkFolder.Open(Work.Path, TimeProvider.System, out _);
        var late = run.Fenced(cutOff.Mark).Checkpoints("teacher");
        late.Keep(Progress(1), folder => File.WriteAllText(Path.Combine(folder, "weight.txt"), "one"));
        WorkFolder? next = null;
        var theirs = default(CheckpointFolder);
        Assert.Throws<SupersededException>(() => late.Keep(Progress(2), folder =>
        {
            next = TakeOver();
            theirs = run.Fenced(next.Mark).Checkpoints("teacher");
            theirs.Keep(Progress(3), own =>
            {
                File.WriteAllText(Path.Combine(folder, "weight.txt"), "late");
                File.WriteAllText(Path.Combine(own, "weight.txt"), "next");
            });
        }));
        Assert.Equal("next", File.ReadAllText(Path.Combine(theirs!.Last, "weight.txt")));
        Assert.Equal(3, theirs.Progress().Epochs);
        Assert.Throws<SupersededException>(late.Tidy);
        theirs.Tidy();
        Assert.Equal(["last"], Directory.EnumerateDirectories(run["checkpoints/teacher"]).Select(Path.GetFileName));
        next!.Dispose();
    }

    [Fact]
    public void It_says_so_once_and_writes_nothing_more()
    {
        var run = NewRun();
        using var cutOff = WorkFolder.Open(Work.Path, TimeProvider.System, out _);
        WorkFolder? next = null;
        Factory.BeforeStep = (phase, batch) =>
        {
            if (phase == "teacher" && batch is { Epoch: 1, Index: 0 } && next is null)
            {
                next = TakeOver();
            }
        };
        Sys.EventStream.Subscribe(TestActor, typeof(Superseded));
        Sys.ActorOf(TrainerOwner.Props(Factory, Settings, TimeProvider.System, cutOff.Mark)).Tell(new StartTraining(run));
        ExpectMsg<TrainingStarted>();
        Assert.Contains("Another host has taken over", ExpectMsg<Superseded>().Sentence, StringComparison.Ordinal);
        ExpectNoMsg(TimeSpan.FromMilliseconds(200)); // no restart, no end
        Assert.Equal(1, run.Checkpoints("teacher").Progress().Epochs);
        Assert.Null(run.Outcome());
        Assert.Throws<SupersededException>(() => run.Fenced(cutOff.Mark).End(null));
        next!.Dispose();
    }

    private WorkFolder TakeOver()
    {
        File.Delete(Work[".lock"]);
        return WorkFolder.Open(Work.Path, TimeProvider.System, out _);
    }

    private static PhaseProgress Progress(int epochs) => new("teacher", [.. Enumerable.Range(1, epochs).Select(epoch => new MetricsRow("teacher", epoch, new Dictionary<string, double>(), null, null, 1, 1, 1, 0, 0))], null);
}
