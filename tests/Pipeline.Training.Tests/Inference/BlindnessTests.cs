using Akka.Actor;
using Akka.Configuration;
using MhdNet.Training.Devices;
using MhdNet.Training.Inference;
using MhdNet.Training.Options;
using MhdNet.Training.Phases;
using MhdNet.Training.Results;
using MhdNet.Training.Tests.Cohorts;
using MhdNet.Training.Tests.Phases;
using MhdNet.Training.Trainer;

namespace MhdNet.Training.Tests.Inference;

/// <summary>Whole runs with real networks on stores that differ in what is known of the test patients.</summary>
[Collection("torch")] // one at a time: its generator and its threads are shared
public sealed class BlindnessTests : ActorTest
{
    private static readonly MhdOptions Options = ToyBatches.Options with { Types = [], Batch = 3, TeacherEpochs = 1, StudentEpochs = 2, WindowLow = -400, WindowHigh = 600, Baseline = true };

    public BlindnessTests()
        : base(ConfigurationFactory.ParseString("mhdnet.training { bootstrap-draws = 10, figures = off }").WithFallback(TrainingSettings.Reference)) =>
        Sys.EventStream.Subscribe(TestActor, typeof(TrainingFinished));

    [Fact]
    public void Test_patients_are_typed_bit_by_bit_the_same_whatever_is_known_of_them()
    {
        using var known = new TemporaryFolder();
        using var mislabelled = new TemporaryFolder();
        using var unknown = new TemporaryFolder();

        var measured = Evaluated(Run(known, ["A", "B"], slides: 2));
        var swapped = Evaluated(Run(mislabelled, ["B", "A"], slides: 2));
        var nothing = Run(unknown, [null, null], slides: 0);

        Assert.Equal(4, measured["student"].Count);
        Assert.Equal(measured["student"], swapped["student"]);
        Assert.Equal(measured["baseline"], swapped["baseline"]);
        Assert.Equal(measured["student"], Predicted(nothing));
    }

    [Fact]
    public void What_is_known_of_one_changes_nothing_for_another()
    {
        using var both = new TemporaryFolder();
        using var one = new TemporaryFolder();

        var measured = Evaluated(Run(both, ["A", "B"], slides: 2))["student"];
        var run = Run(one, ["A", null], slides: 2);

        Assert.Equal(measured, [.. Evaluated(run)["student"], .. Predicted(run)]);
    }

    [Fact]
    public void Typing_them_later_from_ct_alone_gives_the_same_bits()
    {
        using var known = new TemporaryFolder();
        using var bare = new TemporaryFolder();
        var run = Run(known, ["A", "B"], slides: 2);
        var patients = Fill(new SmallStore(bare, Options.Frames), [null, null], slides: 0).Cohort().Cohort.Patients.Where(patient => patient.Patient is "T1" or "T2").ToArray();
        Assert.All(patients, patient => Assert.True(patient.Slides.Count == 0 && patient.Type == -1));
        Directory.CreateDirectory(known["predictions"]);

        new FinishedRun(run, new PhaseFactory(ComputeDevice.Cpu)).Type(patients, bare.Path);

        Assert.Equal(Evaluated(run)["student"], Predicted(run));
    }

    private static SmallStore Fill(SmallStore store, string?[] types, int slides)
    {
        foreach (var n in Enumerable.Range(1, 3))
        {
            store.Patient($"A{n}", "A", n == 1 ? "val" : "train", tumour: "0-7").Patient($"B{n}", "B", n == 1 ? "val" : "train");
        }

        return store.Patient("T1", types[0], types[0] is null ? "" : "test", slides: slides).Patient("T2", types[1], types[1] is null ? "" : "test", slides: slides);
    }

    private RunFolder Run(TemporaryFolder work, string?[] types, int slides)
    {
        var cohort = Fill(new SmallStore(work, Options.Frames), types, slides).Cohort().Cohort;
        Directory.CreateDirectory(work["predictions"]);
        var run = RunFolder.Create(work.Path, "toy", Options, cohort, TimeProvider.System);
        var owner = Sys.ActorOf(TrainerOwner.Props(new PhaseFactory(ComputeDevice.Cpu), TrainingSettings.From(Sys.Settings.Config), TimeProvider.System));
        owner.Tell(new StartTraining(run));
        ExpectMsg<TrainingStarted>();
        Assert.Equal(RunEnd.Completed, ExpectMsg<TrainingFinished>().Outcome.End);
        return run;
    }

    /// <summary>By network, each test sequence with the bits of its probabilities.</summary>
    private static Dictionary<string, List<string>> Evaluated(RunFolder run) => new[] { "student", "baseline" }.ToDictionary(
        phase => phase,
        phase => DurableFile.ReadJson<PhaseEvaluation>(run.EvaluationFile(phase)).Predictions.Select(one => Line(one.Sequence, one.Probabilities)).ToList());

    private static List<string> Predicted(RunFolder run) =>
        [.. new[] { "T1", "T2" }.Where(patient => File.Exists(run.PredictionFile(patient))).SelectMany(patient => DurableFile.ReadJson<PatientPrediction>(run.PredictionFile(patient)).Sequences).Select(row => Line(row.Sequence, row.Probabilities.Values))];

    private static string Line(string sequence, IEnumerable<double> probabilities) => $"{sequence}: {string.Join(' ', probabilities.Select(value => BitConverter.DoubleToInt64Bits(value).ToString("x16", System.Globalization.CultureInfo.InvariantCulture)))}";
}
