using System.Globalization;
using MhdNet.Ingest.Ledger;
using MhdNet.Ingest.Sequences;
using MhdNet.Training.Cohorts;
using MhdNet.Training.Labels;
using MhdNet.Training.Metrics;
using MhdNet.Training.Results;

namespace MhdNet.Host.Report;

/// <summary>Gathers what a finished run and the ledger hold, and writes <c>report.html</c> into the run's folder.</summary>
public static class ReportWriter
{
    /// <summary>Writes the page; a reader sees the old one or the new one, never a part.</summary>
    /// <returns>The page's path.</returns>
    public static string Write(RunFolder run, SequenceStore store)
    {
        var path = run["report.html"];
        DurableFile.Write(path, ReportPage.Write(Gather(run, store)));
        return path;
    }

    private static ReportModel Gather(RunFolder run, SequenceStore store)
    {
        var (result, cohort) = (RunFiles.Result(run), run.Cohort);
        var judge = run.HasStudent ? "student" : result.Models[0].Phase;
        using var ledger = LedgerReader.Open(WorkFolder.LedgerPathOf(store.WorkFolder));
        var row = ledger.Runs().LastOrDefault(record => record.Id == run.Name);
        var finished = run.Outcome()?.At ?? row?.Finished ?? File.GetLastWriteTimeUtc(run["result.json"]);
        return new ReportModel(
            run.Name,
            result.Software,
            finished,
            finished - (row?.Started ?? finished),
            run.Name.Split('-', 3) is [_, _, var preset] ? preset : "",
            result.Types,
            [.. Enum.GetValues<Split>().Select(split => Split(cohort, split)).Where(split => split.Patients > 0)],
            [.. result.Models.Select(Network)],
            Figures.Of(run["figures"]),
            NetworkName.Of(judge),
            TestPatients(run, cohort, judge),
            run.HasStudent ? Predictions(run, ledger) : null,
            [.. ledger.Items().Select(item => Item(item, store, run))],
            result.Notes,
            File.ReadAllText(run["options.json"]),
            [.. run.Machines.Select(machine => string.Create(CultureInfo.InvariantCulture, $"since {machine.Since:yyyy-MM-dd HH:mm} UTC {machine.Software} on {machine.Computed}"))]);
    }

    private static SplitRow Split(Cohort cohort, Split split)
    {
        var patients = cohort.Of(split).Where(patient => patient.Ct.Count > 0).ToList();
        var name = split switch { Training.Labels.Split.Train => "training", Training.Labels.Split.Val => "validation", Training.Labels.Split.Test => "test", _ => "to be typed" };
        return new SplitRow(name, patients.Count, patients.Sum(patient => patient.Ct.Count), patients.Sum(patient => patient.Slides.Count));
    }

    private static NetworkRow Network(ModelResult model)
    {
        var (sequences, patients) = (model.Evaluation.Sequences.Scores, model.Evaluation.Patients);
        var interval = patients.Intervals.GetValueOrDefault("m_acc");
        return new NetworkRow(
            NetworkName.Of(model.Phase), sequences.MAcc ?? double.NaN, patients.Scores.MAcc ?? double.NaN,
            interval?.Low ?? double.NaN, interval?.High ?? double.NaN, sequences.F1 ?? double.NaN, sequences.Qwk ?? double.NaN, sequences.Auc ?? double.NaN);
    }

    private static List<PatientRow> TestPatients(RunFolder run, Cohort cohort, string judge)
    {
        var predictions = RunFiles.Evaluation(run, judge).Predictions.ToLookup(one => one.Patient);
        return [.. cohort.Of(Training.Labels.Split.Test).Where(patient => predictions[patient.Patient].Any()).Select(patient =>
        {
            var verdict = PatientVerdict.Of(patient.Patient, [.. predictions[patient.Patient]]);
            return new PatientRow(patient.Patient, cohort.Types[patient.Type], verdict.Type is { } type ? cohort.Types[type] : null, verdict.Types ?? [], verdict.Sequences);
        })];
    }

    private static List<PatientRow> Predictions(RunFolder run, LedgerReader ledger) =>
        [.. ledger.Items().Select(item => item.Patient).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Select(patient => RunFiles.Prediction(run, patient)).OfType<PatientPrediction>().Where(prediction => prediction.Run == run.Name)
            .Select(prediction => new PatientRow(prediction.Patient, null, prediction.Type, [.. prediction.Probabilities.Values], prediction.Sequences.Count))];

    private static ItemRow Item(ItemRecord item, SequenceStore store, RunFolder run)
    {
        var picture = store.Picture(item.Id);
        return new ItemRow(
            item.Id.Value, item.Kind, item.Patient, item.Path, item.State, item.Reason?.ToString() ?? item.Note, item.Reason?.Code, item.Attempts, item.Sequences,
            File.Exists(picture) ? Path.GetRelativePath(run.Path, picture) : null);
    }
}
