using MhdNet.Training.Ablation;
using MhdNet.Training.Options;
using MhdNet.Training.Results;
using MhdNet.Training.Tests.Trainer;

namespace MhdNet.Training.Tests.Ablation;

public sealed class AblationStoreTests : TrainerSpec
{
    [Fact]
    public void A_student_learns_from_the_teacher_of_another_run_and_nothing_is_trained_twice()
    {
        var (store, cohort) = (new AblationStore(Work.Path), NewRun().Cohort);
        var teacher = new AblationRun("ablation/t", "teacher", Options with { Types = ["A", "B"], Network = TrainedNetwork.Teacher, Baseline = false }, null);
        var student = new AblationRun("ablation/s", "student", Options with { Types = ["A", "B"], Baseline = false, AlphaKl = 0 }, "ablation/t");
        Assert.Throws<InvalidOperationException>(() => store.Open(student, cohort));
        Assert.Equal(RunEnd.Completed, Train(store.Open(teacher, cohort)).Outcome.End);
        Assert.Equal(["teacher"], Trained());
        Assert.True(store.IsFinished("ablation/t"));
        Assert.False(store.IsFinished("ablation/s"));

        var run = store.Open(student, cohort);
        Assert.Equal(RunEnd.Completed, Train(run).Outcome.End);

        Assert.Equal(["teacher", "student"], Trained());
        Assert.Equal(run.Checkpoints("teacher").Best, Factory.Teachers.Last());
        Assert.Equal(File.ReadAllText(Work["runs/ablation/t/checkpoints/teacher/best/weight.txt"]), File.ReadAllText(Path.Combine(run.Checkpoints("teacher").Best, "weight.txt")));
        Assert.Equal(store.Result("ablation/t", "teacher")!.Evaluation.Sequences.Scores.MAcc, store.Result("ablation/s", "teacher")!.Evaluation.Sequences.Scores.MAcc);
        Assert.Equal(0, run.Options.AlphaKl);
        Assert.Single(RunFolder.All(Work.Path)); // the one that made the cohort: other commands do not meet the runs of an ablation
    }

    [Fact]
    public void A_branch_by_itself_is_the_only_phase_of_its_run()
    {
        var (store, cohort) = (new AblationStore(Work.Path), NewRun().Cohort);
        foreach (var network in new[] { TrainedNetwork.Radiology, TrainedNetwork.Pathology })
        {
            var name = network.ToString().ToLowerInvariant();
            Train(store.Open(new AblationRun($"ablation/{name}", name, Options with { Types = ["A", "B"], Network = network, Baseline = false }, null), cohort));
            Assert.Equal(name, Assert.Single(store.Run($"ablation/{name}")!.Models).Phase);
        }

        Assert.All(Factory.Predicted.Where(line => line.StartsWith("radiology", StringComparison.Ordinal)), line => Assert.EndsWith("pathology 0", line, StringComparison.Ordinal));
        Assert.All(Factory.Predicted.Where(line => line.StartsWith("pathology", StringComparison.Ordinal)), line => Assert.EndsWith($"pathology {line.Split(".npy").Length - 1}", line, StringComparison.Ordinal));
        Assert.DoesNotContain(Factory.Predicted, line => line.StartsWith("pathology", StringComparison.Ordinal) && line.EndsWith("pathology 0", StringComparison.Ordinal));
    }

    private string[] Trained() => [.. Factory.Batches.Select(line => line.Split(' ')[0]).Distinct()];
}
