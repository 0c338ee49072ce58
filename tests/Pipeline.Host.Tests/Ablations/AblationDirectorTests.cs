using Akka.Actor;
using Akka.TestKit;
using MhdNet.Host.Ablations;
using MhdNet.Host.Progress;
using MhdNet.Ingest.Items;
using MhdNet.Training.Ablation;
using MhdNet.Training.Cohorts;
using MhdNet.Training.Labels;
using MhdNet.Training.Options;
using MhdNet.Training.Results;
using MhdNet.Training.Trainer;

namespace MhdNet.Host.Tests.Ablations;

public sealed class AblationDirectorTests : ActorTest
{
    private static readonly AblationVariant[] Variants =
    [
        new("full", new MhdOptions(), "student", PaperFigures.Student),
        new("w/o KL", new MhdOptions { AlphaKl = 0 }, "student", PaperFigures.None),
        new("radiology only", new MhdOptions { Network = TrainedNetwork.Radiology }, "radiology", PaperFigures.None),
    ];

    private readonly TemporaryFolder _work = new();
    private readonly TestProbe _trainer;
    private readonly TestProbe _end;
    private readonly AblationPlan _plan;

    public AblationDirectorTests()
    {
        (_trainer, _end) = (CreateTestProbe(), CreateTestProbe());
        _plan = AblationPlan.Of(Variants, new Cohort(["A", "B"], [new CohortPatient("P1", Split.Test, 0, [], [])]), "paper", [1]);
    }

    private string Table => Path.Combine(_work.Path, "ablations", "paper-table-paper.md");

    [Fact]
    public void Runs_follow_each_other_and_the_table_grows()
    {
        Start();
        Complete(NextRun("teacher"), "teacher");
        Complete(NextRun("student"), "teacher", "student");
        var withoutKl = NextRun("student"); // the table is written before the next run begins
        Assert.Contains("| full | 1 of 1 |", File.ReadAllText(Table), StringComparison.Ordinal);
        Assert.Contains("| w/o KL | 0 of 1 |", File.ReadAllText(Table), StringComparison.Ordinal);
        Complete(withoutKl, "teacher", "student");
        Complete(NextRun("radiology"), "radiology");

        var end = _end.ExpectMsg<AblationEnd>();

        Assert.Equal((false, 0), (end.Stopped, end.Failed));
        Assert.All(end.Table.Rows, row => Assert.Equal(1, row.Finished));
    }

    [Fact]
    public void A_second_start_trains_only_what_is_not_finished()
    {
        Start();
        Complete(NextRun("teacher"), "teacher");
        var interrupted = NextRun("student");
        Start();

        Assert.Equal(interrupted.Name, NextRun("student").Name);
    }

    [Fact]
    public void A_teacher_that_fails_costs_its_students_and_nothing_else()
    {
        Start();
        End(NextRun("teacher"), RunEnd.Failed, new Reason("non-finite-loss", "The loss was not finite."));
        Complete(NextRun("radiology"), "radiology");

        var end = _end.ExpectMsg<AblationEnd>();

        Assert.Equal((false, 1), (end.Stopped, end.Failed));
        Assert.Equal([0, 0, 1], end.Table.Rows.Select(row => row.Finished));
        Assert.Contains("The teacher of 'full', seed 1 failed: The loss was not finite.", File.ReadAllText(Table), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_trainers_work_at_the_same_time_but_no_student_before_its_teacher()
    {
        var second = CreateTestProbe();
        Start(_trainer, second);
        var teacher = NextRun("teacher");
        var radiology = second.ExpectMsg<StartTraining>().Run;
        Assert.Contains("-radiology-", radiology.Name, StringComparison.Ordinal);
        Complete(radiology, "radiology");
        second.ExpectNoMsg(TimeSpan.Zero); // only students are left
        Complete(teacher, "teacher");
        var full = second.ExpectMsg<StartTraining>().Run; // the one that waited longer
        var withoutKl = NextRun("student");
        _end.ExpectNoMsg(TimeSpan.Zero);
        Complete(withoutKl, "teacher", "student");
        Complete(full, "teacher", "student");

        Assert.Equal((false, 0), (_end.ExpectMsg<AblationEnd>() is var end ? end.Stopped : true, end.Failed));
        Assert.All(end.Table.Rows, row => Assert.Equal(1, row.Finished));
    }

    [Fact]
    public void Stopping_waits_for_every_trainer()
    {
        var second = CreateTestProbe();
        var director = Start(_trainer, second);
        var (teacher, radiology) = (NextRun("teacher"), second.ExpectMsg<StartTraining>().Run);
        director.Tell(new StopAblation());
        _trainer.ExpectMsg<StopTraining>();
        second.ExpectMsg<StopTraining>();
        Complete(radiology, "radiology"); // it was at its end already
        _end.ExpectNoMsg(TimeSpan.Zero);
        End(teacher, RunEnd.Stopped, null);

        var end = _end.ExpectMsg<AblationEnd>();
        Assert.True(end.Stopped);
        Assert.Equal(1, end.Table.Rows.Single(row => row.Variant.Name == "radiology only").Finished);
    }

    [Fact]
    public void Stopping_waits_for_the_trainer()
    {
        var director = Start();
        var run = NextRun("teacher");
        director.Tell(new StopAblation());
        _trainer.ExpectMsg<StopTraining>();
        _end.ExpectNoMsg(TimeSpan.Zero);
        End(run, RunEnd.Stopped, null);

        Assert.True(_end.ExpectMsg<AblationEnd>().Stopped);
        _trainer.ExpectNoMsg(TimeSpan.Zero);
    }

    protected override void AfterAll()
    {
        base.AfterAll();
        _work.Dispose();
    }

    private IActorRef Start(params IActorRef[] trainers)
    {
        IReadOnlyList<IActorRef> all = trainers.Length > 0 ? trainers : [_trainer];
        var set = new AblationSet("paper-table", "parameters", _ => 1, Variants);
        var report = new AblationReport(_work.Path, set, _plan, "paper", [], [1]);
        var (store, view) = (new AblationStore(_work.Path), new PlainView(TextWriter.Null, TimeProvider.System));
        return Sys.ActorOf(Props.Create(() => new AblationDirector(_plan, store, report, all, view, end => _end.Ref.Tell(end))));
    }

    private RunFolder NextRun(string what)
    {
        var run = _trainer.ExpectMsg<StartTraining>().Run;
        Assert.Contains($"-{what}-", run.Name, StringComparison.Ordinal);
        return run;
    }

    private void Complete(RunFolder run, params string[] phases)
    {
        PhaseEvaluation[] evaluations = [.. phases.Select(phase => new PhaseEvaluation(phase, 1, [], []))];
        foreach (var evaluation in evaluations)
        {
            DurableFile.WriteJson(run.EvaluationFile(evaluation.Phase), evaluation);
        }

        Directory.CreateDirectory(Path.Combine(run["checkpoints"], phases[^1]));
        DurableFile.WriteJson(run["result.json"], RunResult.Of(run.Name, "test", _plan.Cohort, evaluations, 0, 1));
        End(run, RunEnd.Completed, null);
    }

    private void End(RunFolder run, RunEnd how, Reason? reason)
    {
        var outcome = new RunOutcome(how, reason, DateTimeOffset.UnixEpoch);
        run.End(outcome);
        Sys.EventStream.Publish(new TrainingFinished(run.Name, run.Path, outcome));
    }
}
