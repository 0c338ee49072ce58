using MhdNet.Training.Cohorts;
using MhdNet.Training.Figures;
using MhdNet.Training.Labels;
using MhdNet.Training.Metrics;
using MhdNet.Training.Results;
using OpenCvSharp;

namespace MhdNet.Training.Tests.Figures;

public sealed class RunFiguresTests : IDisposable
{
    private static readonly string[] Types = ["adenocarcinoma", "squamous", "small cell"];
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_figure_of_a_run_is_drawn()
    {
        string[] phases = ["teacher", "student", "baseline"];
        PhaseEvaluation[] evaluations = [.. phases.Select(phase => new PhaseEvaluation(phase, 9, [.. Predictions(phase.Length)], []))];
        var result = RunResult.Of("run", "test", Cohort(), evaluations, 50, 1);
        var files = RunFigures.Draw(Environment.GetEnvironmentVariable("MHDNET_FIGURES") ?? _folder["figures"], [.. phases.SelectMany(Rows)], evaluations, result);
        Assert.Equal(3 + 1 + (3 * 3), files.Count);
        Assert.All(files, file => Assert.True(Inked(file) > 0.01, file));
    }

    [Fact]
    public void A_run_without_test_and_validation_patients_has_its_losses()
    {
        MetricsRow[] rows = [new("teacher", 1, new Dictionary<string, double> { ["loss"] = 2 }, null, null, 1, 4, 4, 0, 0)];
        PhaseEvaluation[] evaluations = [new("teacher", 1, [], [])];
        var result = RunResult.Of("run", "test", new Cohort(Types, []), evaluations, 50, 1);
        Assert.Equal([_folder["figures/losses-teacher.png"]], RunFigures.Draw(_folder["figures"], rows, evaluations, result));
        Assert.Contains(result.Notes, note => note.StartsWith("No test patient", StringComparison.Ordinal));
    }

    [Fact]
    public void A_matrix_of_many_types_keeps_its_names_apart()
    {
        string[] types = ["leiomyosarcoma", "liposarcoma", "schwannoma", "ganglioneuroma", "paraganglioma", "neurofibroma", "lymphoma", "fibromatosis"];
        Judged[] judged = [.. Enumerable.Range(0, 200).Select(n => new Judged(n % 8, n % 3 == 0 ? n / 3 % 9 : n % 8, null))];
        var file = FigureStyle.Save(ConfusionFigure.Of("Student: 200 test sequences", Scores.Of(judged, types), types), Environment.GetEnvironmentVariable("MHDNET_FIGURES") ?? _folder.Path, "many.png");
        Assert.True(Inked(file) > 0.05);
    }

    /// <summary>The share of pixels that are not white.</summary>
    private static double Inked(string file)
    {
        using var picture = Cv2.ImRead(file, ImreadModes.Grayscale);
        using var dark = picture.LessThan(250);
        return (double)Cv2.CountNonZero(dark) / (picture.Width * picture.Height);
    }

    private static IEnumerable<MetricsRow> Rows(string phase) => Enumerable.Range(1, 12).Select(epoch => new MetricsRow(
        phase,
        epoch,
        new Dictionary<string, double> { ["loss"] = (4.0 / epoch) + 0.4, ["ce_R"] = (2.0 / epoch) + 0.2, ["ce_F"] = (1.5 / epoch) + 0.1, ["conmb"] = 0.5 / epoch },
        1 - (phase.Length / 12.0 / epoch),
        (2.2 / epoch) + 0.3,
        4,
        60,
        15,
        0,
        0));

    private static IEnumerable<SequencePrediction> Predictions(int seed)
    {
        var random = new Random(seed);
        return Enumerable.Range(0, 60).Select(n =>
        {
            double[] raw = [.. Enumerable.Range(0, 4).Select(k => random.NextDouble() + (k == n / 3 % 3 ? 0.6 : k == 3 ? -0.2 : 0))];
            double[] weights = [.. raw.Select(value => Math.Exp(3 * value))];
            return new SequencePrediction($"P{n / 3}", $"P{n / 3}/{n}", n / 3 % 3, [.. weights.Select(weight => weight / weights.Sum())]);
        });
    }

    private static Cohort Cohort() => new(Types, [.. Enumerable.Range(0, 20).Select(n => new CohortPatient($"P{n}", Split.Test, n % 3, [new CtSequence($"P{n}", "sequences/x/000.npy", n % 3)], []))]);
}
