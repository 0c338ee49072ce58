using System.Globalization;
using System.Net;
using System.Text;

namespace MhdNet.Host.Report;

/// <summary>The report of a run: one HTML page without scripts. Figures are inside it; quality pictures are linked from the work folder.</summary>
public static class ReportPage
{
    /// <summary>The page.</summary>
    public static string Write(ReportModel model) =>
        $"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{Text(model.Run)} · MHD-Net</title>
        <style>{ReportStyle.Css}</style>
        </head>
        <body>
        <header>
        <h1>Tumour typing from CT</h1>
        <p class="lead">Run <b>{Text(model.Run)}</b>, preset {Text(model.Preset)}, finished {model.Finished.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC after {Duration(model.Took)}. {Text(model.Software)}.</p>
        <p class="care">Research use only: nothing on this page is a diagnosis.</p>
        </header>
        {ScoreSection.Write(model)}
        {FigureSection.Write(model.Figures)}
        {(model.Predictions is { } typed ? PatientSection.Write("Patients without a label, typed from CT alone", typed, model.Types) : "")}
        {PatientSection.Write($"Test patients: {model.Judge}", model.TestPatients, model.Types)}
        {ItemSection.Write(model.Items)}
        <section><h2>Options</h2><details><summary>Everything this run depends on</summary><pre>{Text(model.Options)}</pre></details>
        <details><summary>On what it was computed</summary><pre>{Text(string.Join("\n", model.Machines))}</pre></details></section>
        </body>
        </html>
        """;

    /// <summary>Text made safe for HTML.</summary>
    internal static string Text(string text) => WebUtility.HtmlEncode(text);

    /// <summary>A share as a percentage; a dash where it is not defined.</summary>
    internal static string Percent(double share) => double.IsNaN(share) ? "–" : (100 * share).ToString("0.0", CultureInfo.InvariantCulture) + " %";

    /// <summary>Rows joined into one table body.</summary>
    internal static string Rows<T>(IEnumerable<T> rows, Func<T, string> row) => rows.Aggregate(new StringBuilder(), (text, each) => text.Append(row(each)).Append('\n')).ToString();

    private static string Duration(TimeSpan time) => time.TotalHours >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours} h {time.Minutes} min")
        : string.Create(CultureInfo.InvariantCulture, $"{time.Minutes} min {time.Seconds} s");
}
