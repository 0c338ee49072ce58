using MhdNet.Host.Report;
using MhdNet.Host.Runs;
using MhdNet.Ingest.Ledger;
using MhdNet.Training.Cohorts;
using MhdNet.Training.Labels;
using MhdNet.Training.Metrics;
using MhdNet.Training.Options;
using MhdNet.Training.Results;

namespace MhdNet.Host.Tests.Report;

/// <summary>A run that trains one network only ends in a report like any other, and types nobody.</summary>
public sealed class BranchReportTests : IDisposable
{
    private static readonly Cohort Patients = new(
        ["A", "B"],
        [
            new CohortPatient("P1", Split.Test, 1, [new CtSequence("P1", "sequences/P1/000.npy", 1)], []),
            new CohortPatient("P2", Split.Predict, -1, [new CtSequence("P2", "sequences/P2/000.npy", -1)], []),
        ]);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(TrainedNetwork.Radiology, "radiology", "Radiology branch (CT alone)")]
    [InlineData(TrainedNetwork.Pathology, "pathology", "Pathology branch (slides alone)")]
    [InlineData(TrainedNetwork.Teacher, "teacher", "Teacher (CT and slides)")]
    public void The_report_shows_what_the_one_network_says_of_the_test_patients(TrainedNetwork network, string phase, string name)
    {
        using var work = WorkFolder.Open(_folder["work"], TimeProvider.System, out _);
        LedgerFile.Open(work.LedgerPath).Dispose();
        var run = RunFolder.Create(work.FullPath, "tiny", new MhdOptions { Network = network, Baseline = false }, Patients, TimeProvider.System);
        var evaluation = new PhaseEvaluation(phase, 1, [new SequencePrediction("P1", "sequences/P1/000.npy", 1, [0.2, 0.7, 0.1])], []);
        DurableFile.WriteJson(run.EvaluationFile(phase), evaluation);
        DurableFile.WriteJson(run["result.json"], RunResult.Of(run.Name, "test", Patients, [evaluation], 0, 1));

        var page = File.ReadAllText(ReportWriter.Write(run, work.Store));

        Assert.Contains($"<h2>Test patients: {name}</h2>", page, StringComparison.Ordinal);
        Assert.Contains("<td>P1</td><td>B</td><td class=\"good\"><b>B</b></td>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Patients without a label", page, StringComparison.Ordinal);
        Assert.Empty(UntypedPatients.Of(Patients, run));
    }
}
