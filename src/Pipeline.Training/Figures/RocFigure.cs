using System.Globalization;
using MhdNet.Training.Metrics;
using ScottPlot;

namespace MhdNet.Training.Figures;

/// <summary>One-vs-rest ROC curves of one network.</summary>
internal static class RocFigure
{
    /// <summary>Draws a curve for each type that has members and others beside it.</summary>
    public static Plot Of(string title, IReadOnlyList<Judged> judged, IReadOnlyList<string> types)
    {
        var plot = FigureStyle.Plot(title, "1 - specificity", "sensitivity");
        var chance = plot.Add.Line(0, 0, 1, 1);
        (chance.LineColor, chance.LinePattern, chance.LineWidth) = (Colors.Gray, LinePattern.Dotted, 2);
        for (var k = 0; k < types.Count; k++)
        {
            if (RocCurve.Of(judged, k) is { } curve)
            {
                var line = plot.Add.ScatterLine(curve.FalsePositiveRate, curve.TruePositiveRate, FigureStyle.Colour(k));
                (line.LineWidth, line.LegendText) = (3, string.Create(CultureInfo.InvariantCulture, $"{types[k]} (AUC {curve.Area:0.000})"));
            }
        }

        plot.ShowLegend(Edge.Right);
        plot.Axes.SetLimits(-0.02, 1.02, -0.02, 1.02);
        return plot;
    }
}
