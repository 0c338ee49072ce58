using System.Globalization;
using static MhdNet.Host.Report.ReportPage;

namespace MhdNet.Host.Report;

/// <summary>A table of patients with the probability of each type.</summary>
internal static class PatientSection
{
    public static string Write(string title, IReadOnlyList<PatientRow> patients, IReadOnlyList<string> types)
    {
        if (patients.Count == 0)
        {
            return $"<section><h2>{Text(title)}</h2><p>There are none.</p></section>";
        }

        var labelled = patients.Any(patient => patient.Truth is not null);
        return
            $"""
            <section>
            <h2>{Text(title)}</h2>
            <table>
            <tr><th>Patient</th>{(labelled ? "<th>Label</th>" : "")}<th>Typed as</th>{Rows(types, type => $"<th>{Text(type)}</th>")}<th class="n">CT sequences</th></tr>
            {Rows(patients, patient => Patient(patient, labelled, types.Count))}
            </table>
            </section>
            """;
    }

    private static string Patient(PatientRow row, bool labelled, int types)
    {
        var verdict = row.Truth is null ? "" : row.Truth == row.Predicted ? "good" : "bad";
        var cells = row.Predicted is null
            ? $"<td colspan=\"{types}\" class=\"soft\">no tumour sequence found</td>"
            : Rows(row.Probabilities, p => string.Create(CultureInfo.InvariantCulture, $"<td><span class=\"bar\"><i style=\"width:{100 * p:0}%\"></i></span>{p:0.00}</td>"));
        return $"<tr><td>{Text(row.Patient)}</td>{(labelled ? $"<td>{Text(row.Truth ?? "")}</td>" : "")}<td class=\"{verdict}\"><b>{Text(row.Predicted ?? "–")}</b></td>{cells}<td class=\"n\">{row.Sequences}</td></tr>";
    }
}
