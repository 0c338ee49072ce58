using MhdNet.Training.Metrics;
using MhdNet.Training.Results;

namespace MhdNet.Training.Figures;

/// <summary>The figures of a finished run, as PNG.</summary>
public static class RunFigures
{
    /// <summary>
    /// Draws <c>losses-&lt;phase&gt;.png</c>, <c>validation.png</c>, and, where there are test sequences, <c>confusion-&lt;phase&gt;.png</c> and <c>roc-&lt;phase&gt;.png</c> (over sequences)
    /// with <c>confusion-patients-&lt;phase&gt;.png</c>.
    /// </summary>
    /// <param name="folder">Where to; made where it is missing.</param>
    /// <param name="rows">All epochs of all phases.</param>
    /// <param name="phases">What each phase predicted for the test patients.</param>
    /// <param name="result">The run's result.</param>
    /// <returns>The files.</returns>
    public static IReadOnlyList<string> Draw(string folder, IReadOnlyList<MetricsRow> rows, IReadOnlyList<PhaseEvaluation> phases, RunResult result)
    {
        Directory.CreateDirectory(folder);
        var files = rows.GroupBy(row => row.Phase).Select(phase => FigureStyle.Save(CurveFigure.Losses(phase.Key, [.. phase]), folder, $"losses-{phase.Key}.png")).ToList();
        if (rows.Any(row => row.ValidationMAcc is not null))
        {
            files.Add(FigureStyle.Save(CurveFigure.Validation(rows), folder, "validation.png"));
        }

        foreach (var (phase, model) in phases.Zip(result.Models))
        {
            var (sequences, patients) = (model.Evaluation.Sequences.Scores, model.Evaluation.Patients.Scores);
            if (sequences.Count > 0)
            {
                Judged[] judged = [.. phase.Predictions.Where(one => one.Label < result.Types.Count).Select(Judged.Of)];
                files.Add(FigureStyle.Save(ConfusionFigure.Of($"{Title(phase.Phase)}: {sequences.Count} test sequences", sequences, result.Types), folder, $"confusion-{phase.Phase}.png"));
                files.Add(FigureStyle.Save(RocFigure.Of($"{Title(phase.Phase)}: one type against the rest, {sequences.Count} test sequences", judged, result.Types), folder, $"roc-{phase.Phase}.png"));
            }

            if (patients.Count > 0)
            {
                files.Add(FigureStyle.Save(ConfusionFigure.Of($"{Title(phase.Phase)}: {patients.Count} test patients", patients, result.Types, "no tumour found"), folder, $"confusion-patients-{phase.Phase}.png"));
            }
        }

        return files;
    }

    private static string Title(string phase) => char.ToUpperInvariant(phase[0]) + phase[1..];
}
