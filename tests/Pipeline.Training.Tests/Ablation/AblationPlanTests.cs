using MhdNet.Training.Ablation;
using MhdNet.Training.Cohorts;
using MhdNet.Training.Labels;
using MhdNet.Training.Options;

namespace MhdNet.Training.Tests.Ablation;

public class AblationPlanTests
{
    private static readonly MhdOptions Options = new() { StudentEpochs = 3 };

    [Fact]
    public void Variants_that_differ_in_the_student_alone_share_their_teacher()
    {
        var plan = Plan("paper-table", 1);
        AblationRun Of(string variant) => plan.Runs.Single(run => run.Name == plan.RunOf[(variant, 1)]);

        Assert.Equal(11, plan.Runs.Count); // three teachers, six students, two branches
        Assert.Equal(plan.RunOf[("teacher", 1)], Of("full").Teacher);
        Assert.Equal(Of("full").Teacher, Of("w/o KL").Teacher);
        Assert.Equal(Of("full").Teacher, Of("w/o MSE").Teacher);
        Assert.Equal(Of("w/o ConMB").Teacher, Of("w/o CTMM").Teacher);
        Assert.Equal(plan.RunOf[("teacher w/o SHFM", 1)], Of("w/o SHFM").Teacher);
        Assert.Equal(3, plan.Runs.Select(run => run.Teacher).OfType<string>().Distinct().Count());
    }

    [Fact]
    public void A_teacher_comes_before_its_students_and_every_seed_has_runs_of_its_own()
    {
        var plan = Plan("trade-off", 3);
        string[] order = [.. plan.Runs.Select(run => run.Name)];

        Assert.Equal(order.Length, order.Distinct().Count());
        Assert.All(plan.Runs.Where(run => run.Teacher is not null), run => Assert.InRange(Array.IndexOf(order, run.Teacher), 0, Array.IndexOf(order, run.Name) - 1));
        Assert.Equal(3 * (5 + 13), order.Length); // five weights of ConMB; three variants are the full method
        Assert.Equal([1, 2, 3], plan.Runs.Select(run => run.Options.Seed).Distinct());
        Assert.Equal(plan.RunOf[("MSE = 0.1", 2)], plan.RunOf[("KL = 0.5", 2)]);
    }

    [Fact]
    public void Sets_share_the_runs_that_are_the_same_and_another_cohort_shares_none()
    {
        var names = Plan("paper-table", 1).Runs.Select(run => run.Name).ToHashSet();

        Assert.Contains(Plan("receptive-field", 1).RunOf[("7x7", 1)], names);
        Assert.Contains(Plan("memory", 1).RunOf[("784; 784; 196", 1)], names);
        Assert.DoesNotContain(Plan("paper-table", 1, Cohort("P4")).Runs, run => names.Contains(run.Name));
    }

    [Fact]
    public void Patients_to_be_predicted_take_no_part()
    {
        var plan = Plan("memory", 1, Cohort("P4", Split.Predict));

        Assert.Equal(["P1", "P2", "P3"], plan.Cohort.Patients.Select(patient => patient.Patient));
        Assert.Equal(Plan("memory", 1).Runs.Select(run => run.Name), plan.Runs.Select(run => run.Name));
    }

    [Fact]
    public void A_teacher_that_failed_is_followed_by_none_of_its_students()
    {
        var plan = Plan("paper-table", 1);
        var (done, failed) = (new HashSet<string>(), new HashSet<string> { plan.RunOf[("teacher", 1)] });
        while (plan.Next(done.Contains, failed) is { } run)
        {
            done.Add(run.Name);
        }

        Assert.Equal(11 - 4, done.Count); // the teacher and the students full, w/o KL, w/o MSE
        Assert.DoesNotContain(plan.RunOf[("w/o KL", 1)], done);
        Assert.Contains(plan.RunOf[("w/o CTMM", 1)], done);
    }

    [Fact]
    public void No_student_begins_before_its_teacher_is_done()
    {
        var plan = Plan("paper-table", 2);
        var (done, begun) = (new HashSet<string>(), new HashSet<string>());
        while (plan.Next(done.Contains, begun) is { } run)
        {
            begun.Add(run.Name);
        }

        Assert.All(begun, name => Assert.Null(plan.Runs.Single(run => run.Name == name).Teacher));
        Assert.Equal(2 * (3 + 2), begun.Count); // of each seed three teachers and two branches

        done.Add(plan.RunOf[("teacher", 1)]);

        Assert.Equal(plan.RunOf[("full", 1)], plan.Next(done.Contains, begun)!.Name);
    }

    private static AblationPlan Plan(string set, int seeds, Cohort? cohort = null) =>
        AblationPlan.Of(AblationSets.Of(set, Options).Variants, cohort ?? Cohort(), "paper", [.. Enumerable.Range(1, seeds)]);

    private static Cohort Cohort(string? fourth = null, Split split = Split.Train)
    {
        CohortPatient[] three = [new("P1", Split.Train, 0, [new CtSequence("P1", "sequences/a/000.npy", 0)], []), new("P2", Split.Train, 1, [], []), new("P3", Split.Test, 1, [], [])];
        return new Cohort(["A", "B"], fourth is null ? three : [.. three, new CohortPatient(fourth, split, -1, [], [])]);
    }
}
