using MhdNet.Training.Results;
using ScottPlot;

namespace MhdNet.Training.Figures;

/// <summary>What changes from epoch to epoch.</summary>
internal static class CurveFigure
{
    /// <summary>The losses of one phase: the sum of training as a thick line, its parts thin, the cross entropy of validation dashed.</summary>
    public static Plot Losses(string phase, IReadOnlyList<MetricsRow> rows)
    {
        var plot = FigureStyle.Plot($"Losses of the {phase}", "epoch", "loss");
        string[] names = [.. rows.SelectMany(row => row.Losses.Keys).Distinct().OrderBy(name => name == "loss" ? 0 : 1)];
        foreach (var (name, n) in names.Select((name, n) => (name, n)))
        {
            Line(plot, [.. rows.Where(row => row.Losses.ContainsKey(name)).Select(row => (row.Epoch, row.Losses[name]))], name == "loss" ? "training, sum" : name, n, name == "loss" ? 4 : 2);
        }

        Line(plot, [.. rows.Where(row => row.ValidationLoss is not null).Select(row => (row.Epoch, row.ValidationLoss!.Value))], "validation, cross entropy", names.Length, 3, LinePattern.Dashed);
        return Finished(plot, rows);
    }

    /// <summary>Validation accuracy of every phase.</summary>
    public static Plot Validation(IReadOnlyList<MetricsRow> rows)
    {
        var plot = FigureStyle.Plot("Validation", "epoch", "accuracy (mAcc)");
        foreach (var (phase, n) in rows.Where(row => row.ValidationMAcc is not null).GroupBy(row => row.Phase).Select((phase, n) => (phase, n)))
        {
            Line(plot, [.. phase.Select(row => (row.Epoch, row.ValidationMAcc!.Value))], phase.Key, n, 4 - n);
        }

        Finished(plot, rows).Axes.SetLimitsY(-0.02, 1.02);
        return plot;
    }

    private static void Line(Plot plot, (int Epoch, double Value)[] points, string name, int colour, float width, LinePattern? pattern = null)
    {
        if (points.Length > 0)
        {
            var line = plot.Add.Scatter(points.Select(point => (double)point.Epoch).ToArray(), points.Select(point => point.Value).ToArray(), FigureStyle.Colour(colour));
            (line.LegendText, line.LineWidth, line.MarkerSize, line.LinePattern) = (name, width, points.Length > 40 ? 0 : 7, pattern ?? LinePattern.Solid);
        }
    }

    private static Plot Finished(Plot plot, IReadOnlyList<MetricsRow> rows)
    {
        plot.ShowLegend(Edge.Right); // beside the curves: inside, it would lie on the end of one
        plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericAutomatic { IntegerTicksOnly = true };
        plot.Axes.AutoScale();
        plot.Axes.SetLimitsX(0.5, Math.Max(2, rows.Max(row => row.Epoch)) + 0.5);
        return plot;
    }
}
