using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using MhdNet.Host.Synthetic;

namespace MhdNet.Host.Tests.Synthetic;

public class CohortPlanTests
{
    [Property]
    public Property Every_type_can_be_trained_and_tested() => Prop.ForAll(
        Gen.Choose(1, 9).SelectMany(types => Gen.Choose(0, 60).SelectMany(more => Gen.Choose(0, 9999).Select(seed => (types, more, seed)))).ToArbitrary(),
        draw =>
        {
            var plan = CohortPlan.Draw((3 * draw.types) + draw.more, draw.types, draw.seed);
            return plan.Select(patient => patient.Id).Distinct().Count() == plan.Count
                && Enumerable.Range(0, draw.types).All(type =>
                    plan.Count(patient => patient.TypeIndex == type && patient.Split == "train") >= 2
                    && plan.Any(patient => patient.TypeIndex == type && patient.Split == "test"))
                && plan.All(patient => patient.Labelled == (patient.Slides > 0));
        });

    [Fact]
    public void The_same_seed_draws_the_same_cohort() =>
        Assert.Equal(CohortPlan.Draw(24, 3, 7), CohortPlan.Draw(24, 3, 7));

    [Fact]
    public void Twenty_four_patients_of_three_types_hold_three_to_predict_and_six_to_test() =>
        Assert.Equal((3, 6, 15), (
            CohortPlan.Draw(24, 3, 7).Count(patient => !patient.Labelled),
            CohortPlan.Draw(24, 3, 7).Count(patient => patient.Split == "test"),
            CohortPlan.Draw(24, 3, 7).Count(patient => patient.Split == "train")));

    [Fact]
    public void Too_few_patients_are_refused() =>
        Assert.Throws<ArgumentException>(() => CohortPlan.Draw(8, 3, 1));
}
