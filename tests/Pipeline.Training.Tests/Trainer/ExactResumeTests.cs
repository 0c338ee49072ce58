using Akka.Actor;
using MhdNet.Training.Options;
using MhdNet.Training.Results;
using MhdNet.Training.Trainer;

namespace MhdNet.Training.Tests.Trainer;

/// <summary>Runs that are disturbed at every single step end as the undisturbed one: same losses, metrics and learning rates.</summary>
public sealed class ExactResumeTests : TrainerSpec
{
    private static readonly MhdOptions Short = Options with { TeacherEpochs = 3, StudentEpochs = 2, PlateauPatience = 1, LearningRate = 0.5 };

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void A_trainer_that_dies_at_any_step_goes_on_exactly(int checkpointSteps)
    {
        Settings = Settings with { CheckpointSteps = checkpointSteps };
        var whole = NewRun(Short);
        Train(whole);
        var steps = Factory.Batches.Count;
        for (var at = 0; at < steps; at++)
        {
            var (left, run) = (at, NewRun(Short));
            Factory.BeforeStep = (_, _) =>
            {
                if (left-- == 0)
                {
                    throw new InvalidOperationException("killed");
                }
            };
            Factory.Batches.Clear();
            Owner().Tell(new StartTraining(run));
            ExpectMsg<TrainingStarted>();
            ExpectMsg<TrainerRestarted>();
            Assert.Equal(RunEnd.Completed, ExpectMsg<TrainingFinished>().Outcome.End);
            Assert.Equal(File.ReadAllText(whole["metrics.csv"]), File.ReadAllText(run["metrics.csv"]));
            Assert.Equal(File.ReadAllBytes(whole["checkpoints/baseline/last/weight.txt"]), File.ReadAllBytes(run["checkpoints/baseline/last/weight.txt"]));
            Assert.InRange(Factory.Batches.Count - steps, 0, checkpointSteps == 0 ? 3 : checkpointSteps - 1);
        }
    }

    [Theory]
    [InlineData("weight.txt", "cut sh")]
    [InlineData("progress.json", "cut sh")]
    [InlineData("progress.json", null)]
    public void A_damaged_checkpoint_is_put_aside_and_the_best_one_leads_to_the_same_end(string file, string? content)
    {
        var whole = NewRun(Short);
        Train(whole);
        var (owner, run, left) = (Owner(), NewRun(Short), Factory.Batches.Count(batch => batch.StartsWith("teacher 0", StringComparison.Ordinal)) + 1);
        Factory.BeforeStep = (_, _) =>
        {
            if (left-- == 0)
            {
                owner.Tell(new StopTraining()); // in the second epoch
            }
        };
        owner.Tell(new StartTraining(run));
        ExpectMsg<TrainingStarted>();
        Assert.Equal(RunEnd.Stopped, ExpectMsg<TrainingFinished>().Outcome.End);
        var checkpoints = run.Checkpoints("teacher");
        Directory.CreateDirectory(checkpoints.Last + ".damaged"); // of an earlier time, and not to be lost
        Damage(Path.Combine(checkpoints.Last, file), content);
        Sys.EventStream.Subscribe(TestActor, typeof(CheckpointSetAside));

        owner.Tell(new StartTraining(run));

        ExpectMsg<TrainingStarted>();
        var aside = ExpectMsg<CheckpointSetAside>();
        Assert.Equal((checkpoints.Last + ".damaged-2", "teacher"), (aside.Folder, aside.Phase));
        Assert.Contains(file, aside.Damage, StringComparison.Ordinal);
        Assert.Equal(RunEnd.Completed, ExpectMsg<TrainingFinished>().Outcome.End);
        Assert.True(File.Exists(Path.Combine(aside.Folder, "weight.txt")));
        Assert.Equal(File.ReadAllText(whole["metrics.csv"]), File.ReadAllText(run["metrics.csv"]));
        Assert.Equal(File.ReadAllBytes(whole["checkpoints/teacher/last/weight.txt"]), File.ReadAllBytes(run["checkpoints/teacher/last/weight.txt"]));
    }

    [Fact]
    public void A_damaged_checkpoint_before_the_first_epochs_end_is_put_aside_and_the_phase_begins_anew()
    {
        var whole = NewRun(Short);
        Train(whole);
        var (owner, run, left) = (Owner(), NewRun(Short), 1);
        Factory.BeforeStep = (_, _) =>
        {
            if (left-- == 0)
            {
                owner.Tell(new StopTraining()); // in the first epoch
            }
        };
        owner.Tell(new StartTraining(run));
        ExpectMsg<TrainingStarted>();
        Assert.Equal(RunEnd.Stopped, ExpectMsg<TrainingFinished>().Outcome.End);
        var checkpoints = run.Checkpoints("teacher");
        Assert.False(Directory.Exists(checkpoints.Best));
        Damage(Path.Combine(checkpoints.Last, "weight.txt"), "cut sh");
        Sys.EventStream.Subscribe(TestActor, typeof(CheckpointSetAside));

        owner.Tell(new StartTraining(run));

        ExpectMsg<TrainingStarted>();
        Assert.Equal(checkpoints.Last + ".damaged", ExpectMsg<CheckpointSetAside>(aside => Assert.False(aside.FromBest)).Folder);
        Assert.Equal(RunEnd.Completed, ExpectMsg<TrainingFinished>().Outcome.End);
        Assert.Equal(File.ReadAllText(whole["metrics.csv"]), File.ReadAllText(run["metrics.csv"]));
    }

    [Fact]
    public void Where_the_best_one_is_damaged_too_both_stay_where_they_are()
    {
        var run = NewRun(Short);
        Train(run);
        File.Delete(run.EvaluationFile("teacher")); // the phase is opened again
        var checkpoints = run.Checkpoints("teacher");
        Damage(Path.Combine(checkpoints.Last, "weight.txt"), "cut sh");
        Damage(Path.Combine(checkpoints.Best, "weight.txt"), "cut sh");

        var outcome = Train(run).Outcome;

        Assert.Equal(RunEnd.Failed, outcome.End);
        Assert.Contains("weight.txt is damaged", outcome.Reason!.Sentence, StringComparison.Ordinal);
        Assert.Equal("damaged-run", outcome.Reason.Code); // and it is not tried again
        Assert.Equal(["best", "last"], Directory.GetDirectories(Path.GetDirectoryName(checkpoints.Last)!).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    private static void Damage(string file, string? content)
    {
        if (content is null)
        {
            File.Delete(file);
        }
        else
        {
            File.WriteAllText(file, content);
        }
    }

    [Fact]
    public void Who_stops_a_run_loses_no_step()
    {
        var whole = NewRun(Short);
        Train(whole);
        var steps = Factory.Batches.Count;
        Factory.Batches.Clear();
        var (owner, run, left) = (Owner(), NewRun(Short), 1);
        Factory.BeforeStep = (_, _) =>
        {
            if (left++ % 3 == 0)
            {
                owner.Tell(new StopTraining());
            }
        };
        var ends = new List<RunEnd>();
        while (ends is not [.., RunEnd.Completed])
        {
            owner.Tell(new StartTraining(run));
            ExpectMsg<TrainingStarted>();
            ends.Add(ExpectMsg<TrainingFinished>().Outcome.End);
            Assert.NotEqual(RunEnd.Failed, ends[^1]);
        }

        Assert.True(ends.Count > 3);
        Assert.Equal(steps, Factory.Batches.Count);
        Assert.Equal(File.ReadAllText(whole["metrics.csv"]), File.ReadAllText(run["metrics.csv"]));
    }

    [Fact]
    public void Losses_that_are_not_finite_are_counted_across_a_restart()
    {
        Settings = Settings with { CheckpointSteps = 1 };
        var (run, left) = (NewRun(Short), 2);
        Factory.BeforeStep = (_, _) =>
        {
            if (left-- == 0)
            {
                throw new InvalidOperationException("killed");
            }
        };
        Factory.Losses = (_, batch) => batch.Epoch == 0 ? new Dictionary<string, double> { ["loss"] = double.NaN } : null;
        Owner().Tell(new StartTraining(run));
        Assert.Equal("non-finite-loss", ((TrainingFinished)FishForMessage(message => message is TrainingFinished)).Outcome.Reason!.Code);
        Assert.Equal(3, Factory.Batches.Count);
    }

    [Fact]
    public void A_best_network_is_never_replaced_by_one_of_the_middle_of_an_epoch()
    {
        Settings = Settings with { CheckpointSteps = 1 };
        var run = NewRun(Short);
        var kept = new List<string>();
        Factory.BeforeStep = (phase, batch) =>
        {
            if (phase == "teacher" && batch.Epoch == 1)
            {
                kept.Add(File.ReadAllText(run["checkpoints/teacher/best/weight.txt"]));
            }
        };
        Train(run);
        Assert.Equal(4, kept.Count);
        Assert.Single(kept.Distinct());
    }

    [Fact]
    public void A_lower_learning_rate_and_an_early_end_reach_the_phase()
    {
        // What the recording phase predicts does not depend on its weight, so the validation loss never falls after the first epoch.
        var run = NewRun(Options with { TeacherEpochs = 9, StudentEpochs = 9, LearningRate = 0.5, PlateauPatience = 1, EarlyStoppingPatience = 4, Baseline = false });
        Train(run);
        var rows = run.Checkpoints("teacher").Progress().Rows;
        Assert.Equal([0.5, 0.5, 0.5, 0.25, 0.25], rows.Select(row => row.LearningRate));
        Assert.Equal(rows.SelectMany(row => Enumerable.Repeat(row.LearningRate, 4)), Factory.LearningRates.Take(20));
        Assert.Equal(5, run.Checkpoints("student").Progress().Epochs);
    }

    [Fact]
    public void A_run_may_stop_after_its_teacher_and_go_on_later()
    {
        var whole = NewRun(Short);
        Train(whole);
        var run = NewRun(Short);
        Owner().Tell(new StartTraining(run) { LastPhase = "teacher" });
        ExpectMsg<TrainingStarted>();
        var first = ExpectMsg<TrainingFinished>().Outcome;
        Assert.Equal((RunEnd.Stopped, Diagnosis.PhaseDoneCode), (first.End, first.Reason!.Code));
        Assert.True(run.IsFinished("teacher"));
        Assert.False(run.Checkpoints("student").Exists());
        Assert.Equal(RunEnd.Completed, Train(run).Outcome.End);
        Assert.Equal(File.ReadAllText(whole["metrics.csv"]), File.ReadAllText(run["metrics.csv"]));
    }
}
