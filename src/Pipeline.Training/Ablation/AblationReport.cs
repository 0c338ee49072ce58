using MhdNet.Training.Results;

namespace MhdNet.Training.Ablation;

/// <summary>Writes the tables of an ablation: <c>ablations/&lt;set&gt;-&lt;preset&gt;.md</c> and <c>.csv</c> in the work folder.</summary>
/// <param name="workFolder">The work folder.</param>
/// <param name="set">The set.</param>
/// <param name="plan">Its runs.</param>
/// <param name="preset">Name of the preset.</param>
/// <param name="overrides">The fields of the preset that were given by hand, each <c>name=value</c>.</param>
/// <param name="seeds">The seeds.</param>
public sealed class AblationReport(string workFolder, AblationSet set, AblationPlan plan, string preset, IReadOnlyList<string> overrides, IReadOnlyList<int> seeds)
{
    private readonly AblationStore _store = new(workFolder);

    /// <summary>The markdown file.</summary>
    public string MarkdownFile => Path.Combine(workFolder, "ablations", $"{set.Name}-{preset}.md");

    /// <summary>The CSV file.</summary>
    public string CsvFile => Path.ChangeExtension(MarkdownFile, ".csv");

    /// <summary>Writes what is finished so far.</summary>
    /// <param name="failed">Why runs failed, by name.</param>
    public AblationTable Write(IReadOnlyDictionary<string, string> failed)
    {
        var table = Table(failed);
        Directory.CreateDirectory(Path.GetDirectoryName(MarkdownFile)!);
        DurableFile.Write(MarkdownFile, table.Markdown());
        DurableFile.Write(CsvFile, table.Csv());
        return table;
    }

    private AblationTable Table(IReadOnlyDictionary<string, string> failed)
    {
        AblationRow[] rows = [.. plan.Variants.Select(variant => AblationRow.Of(
            variant, set.Size(variant), [.. seeds.Select(seed => plan.RunOf[(variant.Name, seed)])], run => _store.Result(run, variant.Phase)))];
        var limits = plan.Runs.Select(run => _store.Run(run.Name)).OfType<RunResult>().FirstOrDefault()?.Notes ?? [];
        return new AblationTable(set, string.Join(", ", [preset, .. overrides]), seeds.Count, rows, [.. limits, .. plan.Runs.Where(run => failed.ContainsKey(run.Name)).Select(run => $"The {run.Title} failed: {failed[run.Name]}")]);
    }
}
