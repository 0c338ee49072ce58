using System.Globalization;
using System.Text;
using CsvHelper;

namespace MhdNet.Training.Ablation;

/// <summary>An ablation's result as people read it and as programs do.</summary>
/// <param name="Set">The set.</param>
/// <param name="Preset">Name of the preset, with what was changed of it.</param>
/// <param name="Seeds">How many seeds were asked for.</param>
/// <param name="Rows">One a variant.</param>
/// <param name="Notes">Sentences on what limits the numbers, and on runs that failed.</param>
public sealed record AblationTable(AblationSet Set, string Preset, int Seeds, IReadOnlyList<AblationRow> Rows, IReadOnlyList<string> Notes)
{
    /// <summary>As markdown.</summary>
    public string Markdown()
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"# {Set.Name}, preset {Preset}").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"Percent over the test sequences of the tumour types, mean ± standard deviation over the seeds. The paper's figures are of its own cohort, at its own size and length.").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"| variant | seeds | mAcc | F1 | QWK | AUC | patients right | {Set.SizeName} | paper: mAcc | F1 | QWK | AUC | parameters |");
        text.AppendLine("|---|---|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (var row in Rows)
        {
            var paper = row.Variant.Paper;
            text.AppendLine(CultureInfo.InvariantCulture, $"| {row.Variant.Name} | {row.Finished} of {Seeds} | {Cell(row.MAcc)} | {Cell(row.F1)} | {Cell(row.Qwk)} | {Cell(row.Auc)} | {Cell(row.Patients)} | {row.Size:N0} | {Cell(paper.MAcc)} | {Cell(paper.F1)} | {Cell(paper.Qwk)} | {Cell(paper.Auc)} | {(paper.Parameters is { } millions ? Cell(millions) + " M" : "-")} |");
        }

        foreach (var note in Notes)
        {
            text.AppendLine().AppendLine(note);
        }

        return text.ToString();
    }

    /// <summary>As CSV, with the runs behind each row.</summary>
    public string Csv()
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using var csv = new CsvWriter(text, CultureInfo.InvariantCulture);
        csv.WriteRecords(Rows.Select(row => new
        {
            variant = row.Variant.Name,
            network = row.Variant.Phase,
            seeds = row.Finished,
            m_acc_mean = row.MAcc?.Mean,
            m_acc_sd = row.MAcc?.Deviation,
            f1_mean = row.F1?.Mean,
            f1_sd = row.F1?.Deviation,
            qwk_mean = row.Qwk?.Mean,
            qwk_sd = row.Qwk?.Deviation,
            auc_mean = row.Auc?.Mean,
            auc_sd = row.Auc?.Deviation,
            patients_mean = row.Patients?.Mean,
            patients_sd = row.Patients?.Deviation,
            size = row.Size,
            paper_m_acc = row.Variant.Paper.MAcc,
            paper_f1 = row.Variant.Paper.F1,
            paper_qwk = row.Variant.Paper.Qwk,
            paper_auc = row.Variant.Paper.Auc,
            paper_parameters_millions = row.Variant.Paper.Parameters,
            runs = string.Join(' ', row.Runs),
        }));
        csv.Flush();
        return text.ToString();
    }

    private static string Cell(Spread? spread) =>
        spread is null ? "-" : spread.Deviation is { } deviation ? string.Create(CultureInfo.InvariantCulture, $"{spread.Mean:0.0} ± {deviation:0.0}") : spread.Mean.ToString("0.0", CultureInfo.InvariantCulture);

    private static string Cell(double? value) => value?.ToString("0.00", CultureInfo.InvariantCulture) ?? "-";
}
