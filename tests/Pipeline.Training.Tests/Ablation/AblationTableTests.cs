using MhdNet.Training.Ablation;
using MhdNet.Training.Metrics;
using MhdNet.Training.Options;
using MhdNet.Training.Results;

namespace MhdNet.Training.Tests.Ablation;

public class AblationTableTests
{
    private static readonly AblationVariant Variant = new("w/o KL", new MhdOptions(), "student", new PaperFigures(MAcc: 84.89));

    [Fact]
    public void A_row_is_mean_and_deviation_over_the_seeds_that_are_finished()
    {
        var row = AblationRow.Of(Variant, 12_345, ["one", "two", "three"], run => run switch { "one" => Result(1), "two" => Result(2), _ => null });

        Assert.Equal(2, row.Finished);
        Assert.Equal(new Spread(37.5, Math.Sqrt(2) * 12.5, 2), row.MAcc); // 25 and 50 of 100
        Assert.Null(Spread.Of([null, null]));
        Assert.Equal(new Spread(3, null, 1), Spread.Of([null, 3]));
    }

    [Fact]
    public void The_table_has_the_papers_column_and_says_what_is_missing()
    {
        var row = AblationRow.Of(Variant, 12_345, ["one", "two"], run => run == "one" ? Result(1) : null);
        var set = new AblationSet("paper-table", "parameters", _ => 0, [Variant]);
        var table = new AblationTable(set, "tiny", 2, [row, AblationRow.Of(Variant with { Name = "full" }, 1, ["x"], _ => null)], ["A note."]);

        Assert.Contains("| w/o KL | 1 of 2 | 25.0 |", table.Markdown(), StringComparison.Ordinal);
        Assert.Contains("| 12,345 | 84.89 | - | - | - | - |", table.Markdown(), StringComparison.Ordinal);
        Assert.Contains("| full | 0 of 2 | - | - | - | - | - | 1 |", table.Markdown(), StringComparison.Ordinal);
        Assert.Contains("A note.", table.Markdown(), StringComparison.Ordinal);
        string[] lines = table.Csv().ReplaceLineEndings("\n").Split('\n');
        Assert.StartsWith("variant,network,seeds,m_acc_mean,m_acc_sd,", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("w/o KL,student,1,25,,", lines[1], StringComparison.Ordinal);
        Assert.EndsWith("one two", lines[1], StringComparison.Ordinal);
    }

    /// <summary>So many of four sequences right.</summary>
    private static ModelResult Result(int right)
    {
        SequencePrediction[] predictions = [.. Enumerable.Range(0, 4).Select(i => new SequencePrediction($"P{i}", $"s{i}", i % 2, i < right == (i % 2 == 0) ? [0.8, 0.1, 0.1] : [0.1, 0.8, 0.1]))];
        return ModelResult.Of(new PhaseEvaluation("student", 1, predictions, []), predictions.ToDictionary(one => one.Patient, one => one.Label), ["A", "B"], 10, 1);
    }
}
