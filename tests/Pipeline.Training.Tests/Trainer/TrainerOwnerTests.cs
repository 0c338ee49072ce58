using System.Text.Json;
using Akka.Actor;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Sequences;
using MhdNet.Training.Arithmetic;
using MhdNet.Training.Results;
using MhdNet.Training.Trainer;

namespace MhdNet.Training.Tests.Trainer;

public sealed class TrainerOwnerTests : TrainerSpec
{
    [Fact]
    public void A_run_leaves_checkpoints_metrics_results_predictions_and_figures()
    {
        Settings = Settings with { Figures = true };
        var run = NewRun();
        var finished = Train(run);
        Assert.Equal(new RunOutcome(RunEnd.Completed, null, finished.Outcome.At), finished.Outcome);
        Assert.Equal(finished.Outcome, run.Outcome());
        foreach (var file in new[] { "checkpoints/teacher/last/weight.txt", "checkpoints/student/best/weight.txt", "checkpoints/baseline/best/progress.json", "options.json", "split.csv", "figures/validation.png", "figures/confusion-student.png" })
        {
            Assert.True(File.Exists(run[file]), file);
        }

        Assert.Equal(1 + 3 + 2 + 2, File.ReadAllLines(run["metrics.csv"]).Length);
        var result = DurableFile.ReadJson<RunResult>(run["result.json"]);
        Assert.Equal(["teacher", "student", "baseline"], result.Models.Select(model => model.Phase));
        Assert.All(result.Models, model => Assert.Equal((2, 3, 1), (model.Evaluation.Patients.Scores.Count, model.Evaluation.Sequences.Scores.Count, model.Evaluation.OtherCount)));
        using var prediction = JsonDocument.Parse(File.ReadAllText(Work["predictions/U1.json"]));
        Assert.Equal((run.Name, 2), (prediction.RootElement.GetProperty("run").GetString(), prediction.RootElement.GetProperty("sequences").GetArrayLength()));
        Assert.Contains("Research use", prediction.RootElement.GetProperty("note").GetString(), StringComparison.Ordinal);
        Assert.Equal([null, run.Checkpoints("teacher").Best, run.Checkpoints("teacher").Best], Factory.Teachers);
        Assert.Equal((3, 3), (Factory.Made, Factory.Disposed));
        Assert.Single(Factory.Threads.Distinct());
    }

    [Fact]
    public void Only_the_teacher_is_measured_with_slides()
    {
        Train(NewRun());
        Assert.All(Factory.Predicted, line => Assert.True(line.StartsWith("teacher", StringComparison.Ordinal) || line.EndsWith("pathology 0", StringComparison.Ordinal), line));
        Assert.Contains(Factory.Predicted, line => line.StartsWith("teacher", StringComparison.Ordinal) && line.EndsWith("pathology 2", StringComparison.Ordinal));
    }

    [Fact]
    public void A_phase_that_throws_once_goes_on_from_its_checkpoint_with_the_same_losses()
    {
        var undisturbed = Losses(Train(NewRun()));
        var thrown = false;
        Factory.BeforeStep = (phase, batch) =>
        {
            if (phase == "teacher" && batch is { Epoch: 1, Index: 1 } && !thrown)
            {
                thrown = true;
                throw new InvalidOperationException("out of memory on the device");
            }
        };
        var run = NewRun();
        Factory.Loaded.Clear();
        Owner().Tell(new StartTraining(run));
        ExpectMsg<TrainingStarted>();
        Assert.Contains("out of memory on the device", ExpectMsg<TrainerRestarted>().Error, StringComparison.Ordinal);
        Assert.Equal(RunEnd.Completed, ExpectMsg<TrainingFinished>().Outcome.End);
        Assert.Equal(undisturbed, Losses(run));
        Assert.Equal(run.Checkpoints("teacher").Last, Factory.Loaded.First());
    }

    [Fact]
    public void A_phase_that_always_throws_fails_the_run_after_the_restarts()
    {
        Factory.BeforeStep = (_, batch) => throw new InvalidOperationException($"no good {batch.Index}");
        var outcome = Train(NewRun()).Outcome;
        Assert.Equal((RunEnd.Failed, "trainer-failed"), (outcome.End, outcome.Reason!.Code));
        Assert.Contains("failed 4 times", outcome.Reason.Sentence, StringComparison.Ordinal);
        Assert.Contains("no good 0", outcome.Reason.Sentence, StringComparison.Ordinal);
        Assert.Equal(4, Factory.Disposed);
    }

    [Fact]
    public void A_work_folder_that_is_away_for_a_while_says_nothing_of_the_run_which_goes_on_with_the_same_losses()
    {
        var undisturbed = Losses(Train(NewRun()));
        var (run, away) = (NewRun(), Work.Path + ".away");
        var thrown = false;
        Factory.BeforeStep = (phase, batch) =>
        {
            if (phase == "teacher" && batch is { Epoch: 1, Index: 1 } && !thrown)
            {
                thrown = true;
                Directory.Move(Work.Path, away);
                throw new IOException("Transport endpoint is not connected");
            }
        };
        Owner().Tell(new StartTraining(run));
        ExpectMsg<TrainingStarted>();
        for (var times = 0; times < 2 * Settings.MaxRestarts; times++)
        {
            ExpectMsg<TrainerRestarted>();
        }

        Directory.Move(away, Work.Path);
        Assert.Equal(RunEnd.Completed, ((TrainingFinished)FishForMessage(message => message is TrainingFinished)).Outcome.End);
        Assert.Equal(undisturbed, Losses(run));
    }

    [Fact]
    public void A_disk_that_is_full_for_a_while_says_nothing_of_the_run_which_goes_on()
    {
        var full = 2 * (Settings.MaxRestarts + 1);
        Factory.BeforeStep = (_, _) =>
        {
            if (full-- > 0)
            {
                throw new IOException("No space left on device", 28);
            }
        };
        Assert.Equal(RunEnd.Completed, Train(NewRun()).Outcome.End);
    }

    [Fact]
    public void Three_losses_in_a_row_that_are_not_finite_end_the_run_with_a_diagnosis()
    {
        Factory.Losses = (_, batch) => batch.Epoch == 1 ? new Dictionary<string, double> { ["loss"] = double.NaN, ["conmb"] = double.PositiveInfinity, ["ce_R"] = 1 } : null;
        var run = NewRun();
        Owner().Tell(new StartTraining(run));
        ExpectMsg<TrainingStarted>();
        var told = Enumerable.Range(0, 3).Select(_ => ExpectMsg<NonFiniteLoss>()).ToArray();
        Assert.All(told, one => Assert.Equal(2, one.Sequences.Count));
        var reason = ExpectMsg<TrainingFinished>().Outcome.Reason!;
        Assert.Equal("non-finite-loss", reason.Code);
        Assert.Contains("teacher, epoch 2", reason.Sentence, StringComparison.Ordinal);
        Assert.Contains(told[2].Sequences[0], reason.Sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("ce_R", reason.Sentence, StringComparison.Ordinal);
        Assert.Equal(1, run.Checkpoints("teacher").Progress().Epochs);
    }

    [Theory]
    [InlineData("teacher", 1)]
    [InlineData("student", 0)]
    public void A_network_that_gives_no_numbers_ends_the_run_at_once_with_a_diagnosis(string phase, int epoch)
    {
        Factory.Output = (name, output) => Factory.Batches.Any(batch => batch.StartsWith($"{phase} {epoch} ", StringComparison.Ordinal)) && name == phase ? [double.NaN, 0, 0] : output;
        var run = NewRun();
        var reason = Train(run).Outcome.Reason!;
        Assert.Equal("non-finite-output", reason.Code);
        Assert.StartsWith($"{phase}, epoch {epoch + 1}: the network gives no number", reason.Sentence, StringComparison.Ordinal);
        Assert.Contains("lower learning_rate", reason.Sentence, StringComparison.Ordinal);
        Assert.Equal(epoch, run.Checkpoints(phase).Progress().Epochs);
        Assert.Equal(Factory.Made, phase == "teacher" ? 1 : 2); // and it is not tried again
    }

    [Fact]
    public void A_network_that_gives_no_numbers_on_a_machine_that_computes_wrongly_is_not_blamed()
    {
        Factory.Output = (_, _) => [double.NaN, 0, 0];
        Factory.SelfTest = Factory.SelfTest with { Worst = new OperationError("convolution 8 → 8", "value", 0.2) };
        var reason = Train(NewRun()).Outcome.Reason!;
        Assert.Equal("non-finite-output", reason.Code);
        Assert.Contains("This machine's arithmetic is wrong. The self-test found an error of", reason.Sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("learning_rate", reason.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_in_a_row_are_told_and_left_out_of_the_mean()
    {
        Factory.Losses = (phase, batch) => phase == "teacher" && batch is { Epoch: 0, Index: < 2 } ? new Dictionary<string, double> { ["loss"] = double.NaN } : null;
        var run = NewRun();
        Train(run);
        var row = run.Checkpoints("teacher").Progress().Rows[0];
        Assert.Equal(2, row.NonFinite);
        Assert.True(double.IsFinite(row.Losses["loss"]));
    }

    [Fact]
    public void Stop_and_resume_give_the_batches_and_losses_of_an_uninterrupted_run()
    {
        var whole = NewRun();
        Train(whole);
        string[] undisturbed = [.. Factory.Batches];
        Factory.Batches.Clear();

        var run = NewRun();
        var owner = Owner();
        var asked = false;
        Factory.BeforeStep = (phase, batch) =>
        {
            if (phase == "student" && batch is { Epoch: 1, Index: 0 } && !asked)
            {
                asked = true;
                owner.Tell(new StopTraining());
            }
        };
        owner.Tell(new StartTraining(run));
        ExpectMsg<TrainingStarted>();
        Assert.Equal(RunEnd.Stopped, ExpectMsg<TrainingFinished>().Outcome.End);
        Assert.Equal(run.Name, RunFolder.Unfinished(Work.Path)?.Name);
        Assert.False(File.Exists(run["result.json"]));

        owner.Tell(new StartTraining(RunFolder.Open(Work.Path, run.Name)));
        Assert.True(ExpectMsg<TrainingStarted>().Resumed);
        Assert.Equal(RunEnd.Completed, ExpectMsg<TrainingFinished>().Outcome.End);
        Assert.Equal(undisturbed, Factory.Batches.Distinct());
        Assert.Equal(Losses(whole), Losses(run));
        Assert.Null(RunFolder.Unfinished(Work.Path));
    }

    [Fact]
    public void A_sequence_that_cannot_be_read_is_told_and_the_run_goes_on()
    {
        var run = NewRun();
        File.WriteAllText(Path.Combine(new SequenceStore(Work.Path).Folder(ItemId.OfSeries("B3", "1.2.3")), "000.npy"), "no array");
        Owner().Tell(new StartTraining(run));
        ExpectMsg<TrainingStarted>();
        var lost = Assert.Single(ExpectMsg<SequencesLeftOut>().Unreadable);
        Assert.Contains("B3-ct-", lost.Path, StringComparison.Ordinal);
        Assert.Equal("sequence-unreadable", lost.Reason.Code);
        Assert.Equal(RunEnd.Completed, ((TrainingFinished)FishForMessage(message => message is TrainingFinished)).Outcome.End);
        Assert.All(run.Checkpoints("teacher").Progress().Rows, row => Assert.Equal((7, 1), (row.Sequences, row.Unreadable)));
    }

    [Fact]
    public void Nothing_readable_at_all_ends_the_run()
    {
        var run = NewRun();
        Directory.Delete(Work["sequences"], recursive: true);
        var reason = Train(run).Outcome.Reason!;
        Assert.Equal("no-training-sequence", reason.Code);
        Assert.Contains("(8 files tried, the first sequences/", reason.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_checkpoint_left_between_two_renames_is_found_again()
    {
        var run = NewRun(Options with { TeacherEpochs = 1, StudentEpochs = 1, Baseline = false });
        Train(run);
        var checkpoints = run.Checkpoints("teacher");
        Directory.Move(checkpoints.Last, checkpoints.Last + ".old");
        Directory.CreateDirectory(checkpoints.Last + ".new");
        Assert.Equal(1, checkpoints.Progress().Epochs);
        Assert.True(File.Exists(Path.Combine(checkpoints.Last, "weight.txt")));
    }

    [Fact]
    public void Options_that_cannot_be_read_fail_the_run_with_the_files_name()
    {
        var run = NewRun();
        File.WriteAllText(run["options.json"], "{");
        var outcome = Train(run).Outcome;
        Assert.Equal(RunEnd.Failed, outcome.End);
        Assert.Contains(run["options.json"] + " is not readable", outcome.Reason!.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_killed_run_is_the_unfinished_one()
    {
        var run = NewRun();
        Assert.Equal(run.Name, RunFolder.Unfinished(Work.Path)?.Name);
        run.End(new RunOutcome(RunEnd.Failed, null, DateTimeOffset.UnixEpoch));
        Assert.Null(RunFolder.Unfinished(Work.Path));
    }

    [Fact]
    public void Another_run_is_refused_while_one_is_trained()
    {
        using var gate = new ManualResetEventSlim();
        Factory.BeforeStep = (_, _) => gate.Wait();
        var (run, owner) = (NewRun(), Owner());
        owner.Tell(new StartTraining(run));
        ExpectMsg<TrainingStarted>();
        owner.Tell(new StartTraining(run));
        Assert.Equal(run.Name, ExpectMsg<TrainingBusy>().Run);
        gate.Set();
        ExpectMsg<TrainingFinished>();
    }

    private string[] Losses(TrainingFinished finished) => Losses(RunFolder.Open(Work.Path, finished.Run));

    private static string[] Losses(RunFolder run) => [.. RunFolder.Phases(Options).SelectMany(phase => run.Checkpoints(phase).Progress().Rows)
        .Select(row => FormattableString.Invariant($"{row.Phase} {row.Epoch} {row.Losses["loss"]:R} {row.Losses["ce_R"]:R} {row.ValidationMAcc:R} {row.ValidationLoss:R}"))];
}
