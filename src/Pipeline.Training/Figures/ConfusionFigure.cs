using System.Globalization;
using MhdNet.Training.Labels;
using MhdNet.Training.Metrics;
using ScottPlot;

namespace MhdNet.Training.Figures;

/// <summary>A confusion matrix: counts as text, the share of the row as colour.</summary>
internal static class ConfusionFigure
{
    /// <summary>Draws the matrix.</summary>
    /// <param name="title">Which network, over what.</param>
    /// <param name="scores">Its scores.</param>
    /// <param name="types">Names of the K types.</param>
    /// <param name="none">Name of the last column: no type.</param>
    public static Plot Of(string title, Scores scores, IReadOnlyList<string> types, string none = LabelsRead.Other)
    {
        var plot = FigureStyle.Plot(title, "predicted", "true");
        var (rows, columns) = (types.Count, types.Count + 1);
        var shares = new double[rows, columns];
        for (var row = 0; row < rows; row++)
        {
            var total = scores.Confusion[row].Sum();
            for (var column = 0; column < columns; column++)
            {
                var count = scores.Confusion[row][column];
                shares[row, column] = total == 0 ? 0 : (double)count / total;
                var text = plot.Add.Text(count.ToString(CultureInfo.InvariantCulture), column, rows - 1 - row);
                (text.LabelFontSize, text.LabelBold, text.LabelAlignment) = (rows > 10 ? 16 : 26, true, Alignment.MiddleCenter);
                text.LabelFontColor = shares[row, column] > 0.5 ? Colors.White : Colors.Black;
            }
        }

        var map = plot.Add.Heatmap(shares);
        (map.Colormap, map.ManualRange) = (new ScottPlot.Colormaps.Blues().Reversed(), new ScottPlot.Range(0, 1));
        plot.MoveToBack(map);
        plot.Axes.Bottom.SetTicks([.. Enumerable.Range(0, columns).Select(k => (double)k)], [.. types, none]);
        plot.Axes.Left.SetTicks([.. Enumerable.Range(0, rows).Select(k => (double)(rows - 1 - k))], [.. types]);
        if (columns > 5)
        {
            (plot.Axes.Bottom.TickLabelStyle.Rotation, plot.Axes.Bottom.TickLabelStyle.Alignment, plot.Axes.Bottom.MinimumSize) = (-30, Alignment.MiddleRight, 130);
        }

        plot.HideGrid();
        plot.Axes.SetLimits(-0.5, columns - 0.5, -0.5, rows - 0.5);
        return plot;
    }
}
