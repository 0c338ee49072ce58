using MhdNet.Training.Batches;
using MhdNet.Training.Cohorts;
using MhdNet.Training.Labels;
using MhdNet.Training.Options;
using MhdNet.Training.Phases;
using MhdNet.Training.Tests.Cohorts;
using MhdNet.Training.Tests.Phases;
using MhdNet.Training.Trainer;
using static TorchSharp.torch;

namespace MhdNet.Training.Tests.Inference;

/// <summary>No network that types from CT alone is shown a label or a slide of the patients it is measured on, and measuring changes no network.</summary>
[Collection("torch")] // one at a time: its generator and its threads are shared
public sealed class BlindEvaluationTests : IDisposable
{
    private static readonly MhdOptions Options = ToyBatches.Options with { Batch = 4 };
    private readonly TemporaryFolder _work = new();
    private readonly TemporaryFolder _teacher = new();
    private readonly Cohort _cohort;

    public BlindEvaluationTests()
    {
        var store = new SmallStore(_work, frames: Options.Frames, size: Options.Size);
        foreach (var n in Enumerable.Range(1, 4))
        {
            store.Patient($"A{n}", "A", n < 3 ? "test" : "train").Patient($"B{n}", "B", n < 3 ? "test" : "train");
        }

        _cohort = store.Cohort().Cohort;
        using var teacher = new TeacherPhase(Options, CPU);
        Train(teacher);
        teacher.Save(_teacher.Path);
    }

    public void Dispose()
    {
        _work.Dispose();
        _teacher.Dispose();
    }

    [Theory]
    [InlineData("student")]
    [InlineData("baseline")]
    public void Predictions_of_test_patients_are_the_same_whether_their_labels_and_slides_exist_or_not(string name)
    {
        using ITrainingPhase phase = name == "student" ? new StudentPhase(Options, _teacher.Path, CPU) : new BaselinePhase(Options, CPU);
        Train(phase);
        var seen = Predict(phase, _cohort);

        Assert.Equal(seen, Predict(phase, Without(_cohort, label => 1 - label)));
        DeleteSlides();
        Assert.Equal(seen, Predict(phase, Without(_cohort, _ => -1)));
        Assert.Equal(seen, Predict(phase, Without(_cohort, _ => Options.Types.Count)));
    }

    [Fact]
    public void The_teacher_is_the_one_that_sees_slides_and_measuring_it_changes_nothing()
    {
        using var phase = new TeacherPhase(Options, CPU);
        phase.Load(_teacher.Path);

        Assert.NotEqual(Predict(phase, _cohort), Predict(phase, Without(_cohort, label => label)));

        using var after = new TemporaryFolder();
        phase.Save(after.Path);
        Assert.All(Directory.GetFiles(_teacher.Path), file => Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(after[Path.GetFileName(file)])));
    }

    private static Cohort Without(Cohort cohort, Func<int, int> label) => cohort with
    {
        Patients = [.. cohort.Patients.Select(patient => patient.Split == Split.Test
            ? patient with { Slides = [], Ct = [.. patient.Ct.Select(ct => ct with { Label = label(ct.Label) })] }
            : patient)],
    };

    private void DeleteSlides()
    {
        foreach (var file in _cohort.Of(Split.Test).SelectMany(patient => patient.Slides))
        {
            File.Delete(_work[file.Path]);
        }
    }

    private void Train(ITrainingPhase phase)
    {
        foreach (var batch in Batches(phase, _cohort, Pass.Training))
        {
            phase.Step(batch.Batch!);
        }
    }

    private string[] Predict(ITrainingPhase phase, Cohort cohort) => [.. Batches(phase, cohort, Pass.Test)
        .SelectMany(read => Predictions.Of(phase, read.Batch!, read.Samples).Predictions).Select(one => $"{one.Sequence}: {string.Join(' ', one.Probabilities.Select(BitConverter.DoubleToInt64Bits))}")];

    private IEnumerable<ReadBatch> Batches(ITrainingPhase phase, Cohort cohort, Pass pass)
    {
        var reader = new SequenceReader(_work.Path, Options);
        return PassPlan.Of(cohort, Options, phase.Name, pass, 0).Select(plan => BatchAssembly.Of(plan, [.. plan.Samples.Select(reader.Read)], Options));
    }
}
