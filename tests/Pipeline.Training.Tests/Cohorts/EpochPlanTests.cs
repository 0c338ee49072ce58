using FsCheck.Xunit;
using MhdNet.Training.Cohorts;
using MhdNet.Training.Labels;
using MhdNet.Training.Options;

namespace MhdNet.Training.Tests.Cohorts;

public sealed class EpochPlanTests
{
    private static readonly MhdOptions Options = new() { Batch = 4, Seed = 3 };

    [Property]
    public bool Every_training_sequence_comes_once_and_never_alone(byte patients, byte batch, byte epoch)
    {
        var cohort = Cohort(1 + (patients % 30));
        var plan = EpochPlan.Of(cohort, Options with { Batch = 1 + (batch % 9) }, epoch);
        var samples = plan.SelectMany(one => one.Samples).Select(sample => sample.Ct).ToArray();
        var expected = cohort.Of(Split.Train).SelectMany(patient => patient.Ct).ToHashSet();
        return samples.Length == expected.Count && expected.SetEquals(samples) && plan.Select(one => one.Index).SequenceEqual(Enumerable.Range(0, plan.Count))
            && (batch % 9 == 0 || plan.Count == 1 || plan.All(one => one.Samples.Count > 1));
    }

    [Fact]
    public void The_order_is_a_function_of_seed_and_epoch()
    {
        var cohort = Cohort(12);
        Assert.Equal(Text(EpochPlan.Of(cohort, Options, 5)), Text(EpochPlan.Of(Cohort(12), Options, 5)));
        Assert.NotEqual(Text(EpochPlan.Of(cohort, Options, 5)), Text(EpochPlan.Of(cohort, Options, 6)));
        Assert.NotEqual(Text(EpochPlan.Of(cohort, Options, 5)), Text(EpochPlan.Of(cohort, Options with { Seed = 4 }, 5)));
    }

    [Fact]
    public void A_slide_is_of_a_training_patient_of_the_same_type()
    {
        var cohort = Cohort(30);
        var types = cohort.Patients.ToDictionary(patient => patient.Patient);
        PlannedSample[] samples = [.. Enumerable.Range(0, 20).SelectMany(epoch => EpochPlan.Of(cohort, Options, epoch)).SelectMany(batch => batch.Samples)];
        Assert.All(samples, sample =>
        {
            Assert.Equal(sample.Ct.Label == 2, sample.Slide is null);
            Assert.True(sample.Slide is null || (types[sample.Slide.Patient].Type == sample.Ct.Label && types[sample.Slide.Patient].Split == Split.Train));
        });
        Assert.Contains(samples, sample => sample.Slide is not null && sample.Slide.Patient != sample.Ct.Patient);
        Assert.InRange(samples.Count(sample => sample.FlipCt) / (double)samples.Length, 0.4, 0.6);
    }

    [Fact]
    public void Pairing_within_the_patient_stays_within()
    {
        var samples = EpochPlan.Of(Cohort(30), Options with { Pairing = Pairing.SamePatient }, 0).SelectMany(batch => batch.Samples).ToArray();
        Assert.All(samples, sample => Assert.True(sample.Slide is null || sample.Slide.Patient == sample.Ct.Patient));
        Assert.Contains(samples, sample => sample.Slide is not null);
    }

    [Fact]
    public void Evaluation_pairs_within_the_patient_only_and_draws_nothing()
    {
        var cohort = Cohort(30);
        var samples = EvaluationPlan.Of(cohort, Split.Test, 4, withSlides: true).SelectMany(batch => batch.Samples).ToArray();
        Assert.Equal(cohort.Of(Split.Test).SelectMany(patient => patient.Ct), samples.Select(sample => sample.Ct));
        Assert.All(samples, sample => Assert.True(sample is { FlipCt: false, FlipSlide: false } && (sample.Slide is null || sample.Slide.Patient == sample.Ct.Patient)));
        Assert.All(EvaluationPlan.Of(cohort, Split.Test, 4, withSlides: true), batch => Assert.Single(batch.Samples.Select(sample => sample.Ct.Patient).Distinct()));
        Assert.All(EvaluationPlan.Of(cohort, Split.Test, 4, withSlides: false).SelectMany(batch => batch.Samples), sample => Assert.Null(sample.Slide));
    }

    /// <summary>Patients of two types: every fifth is a test patient, every fourth has no slide, each has one sequence without tumour.</summary>
    private static Cohort Cohort(int patients) => new(["A", "B"], [.. Enumerable.Range(1, patients).Select(n =>
    {
        var name = $"P{n:00}";
        CtSequence[] ct = [new(name, $"sequences/{name}-ct/000.npy", n % 2), new(name, $"sequences/{name}-ct/001.npy", 2)];
        SlideSequence[] slides = n % 4 == 0 && patients > 4 ? [] : [new(name, $"sequences/{name}-slide/000.npy"), new(name, $"sequences/{name}-slide/001.npy")];
        return new CohortPatient(name, n % 5 == 0 ? Split.Test : Split.Train, n % 2, ct, slides);
    })]);

    private static string Text(IReadOnlyList<PlannedBatch> plan) => string.Join('\n', plan.SelectMany(batch => batch.Samples));
}
