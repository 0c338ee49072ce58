using MhdNet.Host.Commands;
using MhdNet.Host.Runs;
using MhdNet.Host.Status;

namespace MhdNet.Host.Tests.Runs;

public class DirectionRulesTests
{
    private static readonly Situation Complete = new(
        Once: false, Settled: true, HasLabels: true, LabelProblem: null, Lacking: [], Awaited: [], Quiet: TimeSpan.Zero,
        Patience: TimeSpan.FromMinutes(2), Run: RunProgress.None, Untyped: []);

    [Fact]
    public void Trains_when_every_type_is_there_and_nothing_moves() =>
        Assert.IsType<Decision.Train>(DirectionRules.Decide(Complete));

    [Fact]
    public void Goes_on_with_an_interrupted_run() =>
        Assert.IsType<Decision.Train>(DirectionRules.Decide(Complete with { Run = RunProgress.Interrupted }));

    [Theory]
    [InlineData(RunProgress.None)]
    [InlineData(RunProgress.Interrupted)]
    [InlineData(RunProgress.Failed)]
    [InlineData(RunProgress.Finished)]
    public void Never_acts_while_files_are_moving(RunProgress run) =>
        Assert.IsType<Decision.Wait>(DirectionRules.Decide(Complete with { Settled = false, Run = run, Once = true, Untyped = ["P1"] }));

    [Fact]
    public void Waits_for_patients_of_the_labels_file_until_patience_ends()
    {
        var awaiting = Complete with { Awaited = ["P7"] };
        Assert.Contains("P7", Assert.IsType<Decision.Wait>(DirectionRules.Decide(awaiting)).Why, StringComparison.Ordinal);
        Assert.IsType<Decision.Train>(DirectionRules.Decide(awaiting with { Quiet = TimeSpan.FromMinutes(3) }));
        Assert.IsType<Decision.Train>(DirectionRules.Decide(awaiting with { Once = true }));
    }

    [Fact]
    public void Once_without_labels_ends_well_after_reading()
    {
        var end = Assert.IsType<Decision.End>(DirectionRules.Decide(Complete with { Once = true, HasLabels = false }));
        Assert.Equal(ExitCode.Ok, end.ExitCode);
    }

    [Fact]
    public void Once_with_unusable_labels_says_why()
    {
        var end = Assert.IsType<Decision.End>(DirectionRules.Decide(Complete with { Once = true, LabelProblem = "labels.csv, line 3: …" }));
        Assert.Equal((ExitCode.BadInput, "labels.csv, line 3: …"), (end.ExitCode, end.Sentence));
    }

    [Fact]
    public void Once_with_too_little_to_train_fails_and_names_what_lacks()
    {
        var end = Assert.IsType<Decision.End>(DirectionRules.Decide(Complete with { Once = true, Lacking = ["B1 has no slide."] }));
        Assert.Equal(ExitCode.Failed, end.ExitCode);
        Assert.Contains("B1 has no slide.", end.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_trained_run_is_reported_before_anything_else() =>
        Assert.IsType<Decision.Report>(DirectionRules.Decide(Complete with { Run = RunProgress.Trained, Settled = false, Untyped = ["P9"] }));

    [Fact]
    public void Types_new_patients_after_a_run_and_ends_only_then()
    {
        var finished = Complete with { Run = RunProgress.Finished, Once = true };
        Assert.Equal(["P9"], Assert.IsType<Decision.Type>(DirectionRules.Decide(finished with { Untyped = ["P9"] })).Patients);
        Assert.Equal(ExitCode.Ok, Assert.IsType<Decision.End>(DirectionRules.Decide(finished)).ExitCode);
        Assert.Equal(Activity.Finished, Assert.IsType<Decision.Wait>(DirectionRules.Decide(finished with { Once = false })).Activity);
    }

    [Fact]
    public void Labels_that_went_wrong_after_the_run_are_told_and_nobody_is_typed_by_them()
    {
        var wrong = Complete with { Run = RunProgress.Finished, LabelProblem = "labels.csv, line 3: …", Untyped = ["P9"] };
        Assert.Contains("line 3", Assert.IsType<Decision.Wait>(DirectionRules.Decide(wrong)).Why, StringComparison.Ordinal);
        Assert.Equal(ExitCode.BadInput, Assert.IsType<Decision.End>(DirectionRules.Decide(wrong with { Once = true })).ExitCode);
    }

    [Fact]
    public void A_full_disk_ends_a_host_that_runs_once_and_lets_another_wait()
    {
        var full = Complete with { Settled = false, Blocked = "the disk has 1 MB free" };
        Assert.Equal((ExitCode.Environment, full.Blocked), Assert.IsType<Decision.End>(DirectionRules.Decide(full with { Once = true })) is { } end ? (end.ExitCode, end.Sentence) : default);
        Assert.IsType<Decision.Wait>(DirectionRules.Decide(full));
    }

    [Fact]
    public void A_failed_run_ends_once_with_failure_and_is_not_begun_again_while_watching()
    {
        var failed = Complete with { Run = RunProgress.Failed };
        Assert.Equal(ExitCode.Failed, Assert.IsType<Decision.End>(DirectionRules.Decide(failed with { Once = true })).ExitCode);
        Assert.Equal(Activity.Failed, Assert.IsType<Decision.Wait>(DirectionRules.Decide(failed)).Activity);
    }
}
