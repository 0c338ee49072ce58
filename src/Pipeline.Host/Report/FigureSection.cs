using static MhdNet.Host.Report.ReportPage;

namespace MhdNet.Host.Report;

/// <summary>The figures, inside the page, so that it can be sent as one file.</summary>
internal static class FigureSection
{
    public static string Write(IReadOnlyList<FigureRow> figures) =>
        $"""
        <section>
        <h2>Training and test</h2>
        <div class="figures">
        {Rows(figures, figure => $"<figure><img alt=\"{Text(figure.Caption)}\" src=\"data:image/png;base64,{Convert.ToBase64String(File.ReadAllBytes(figure.Path))}\"><figcaption>{Text(figure.Caption)}</figcaption></figure>")}
        </div>
        </section>
        """;
}
