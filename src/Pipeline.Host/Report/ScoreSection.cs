using System.Globalization;
using static MhdNet.Host.Report.ReportPage;

namespace MhdNet.Host.Report;

/// <summary>The table of scores and the cohort behind it.</summary>
internal static class ScoreSection
{
    public static string Write(ReportModel model) =>
        $"""
        <section>
        <h2>Result on the test patients</h2>
        <table>
        <tr><th>Network</th><th class="n">Patients right</th><th class="n">95 % interval</th><th class="n">Sequences right (mAcc)</th><th class="n">Macro F1</th><th class="n">QWK</th><th class="n">AUC</th></tr>
        {Rows(model.Networks, Network)}
        </table>
        {Rows(model.Notes, note => $"<p class=\"soft\">{Text(note)}</p>")}
        <h2>Cohort</h2>
        <p>Types: {Text(string.Join(", ", model.Types))}. A sequence is 24 CT slices or 24 slide tiles.</p>
        <table>
        <tr><th>Split</th><th class="n">Patients</th><th class="n">CT sequences</th><th class="n">Slide sequences</th></tr>
        {Rows(model.Splits, split => $"<tr><td>{Text(split.Split)}</td><td class=\"n\">{split.Patients}</td><td class=\"n\">{split.CtSequences}</td><td class=\"n\">{split.SlideSequences}</td></tr>")}
        </table>
        </section>
        """;

    private static string Network(NetworkRow row) =>
        $"<tr{(row.Name.StartsWith("Student", StringComparison.Ordinal) ? " class=\"chosen\"" : "")}><td>{Text(row.Name)}</td><td class=\"n\">{Percent(row.PatientAccuracy)}</td>"
        + $"<td class=\"n\">{Percent(row.Low)} to {Percent(row.High)}</td><td class=\"n\">{Percent(row.SequenceAccuracy)}</td><td class=\"n\">{Percent(row.F1)}</td>"
        + $"<td class=\"n\">{Number(row.Kappa)}</td><td class=\"n\">{Number(row.Auc)}</td></tr>";

    private static string Number(double value) => double.IsNaN(value) ? "–" : value.ToString("0.000", CultureInfo.InvariantCulture);
}
