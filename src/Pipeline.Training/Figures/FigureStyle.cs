using ScottPlot;

namespace MhdNet.Training.Figures;

/// <summary>The look that all figures share: large type, few lines, colours that a colour-blind reader can tell apart.</summary>
internal static class FigureStyle
{
    /// <summary>Width and height of a figure in pixels.</summary>
    public const int Width = 1000, Height = 700;

    private static readonly string[] OkabeIto = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000", "#F0E442"];

    /// <summary>The colour of the n-th line.</summary>
    public static Color Colour(int n) => Color.FromHex(OkabeIto[n % OkabeIto.Length]);

    /// <summary>An empty plot with its labels.</summary>
    public static Plot Plot(string title, string x, string y)
    {
        var plot = new Plot();
        plot.Title(title, 26);
        plot.XLabel(x, 22);
        plot.YLabel(y, 22);
        plot.Axes.Bottom.TickLabelStyle.FontSize = 18;
        plot.Axes.Left.TickLabelStyle.FontSize = 18;
        plot.Legend.FontSize = 18;
        plot.Grid.MajorLineColor = Colors.Black.WithAlpha(.1);
        return plot;
    }

    /// <summary>Writes the figure as PNG.</summary>
    public static string Save(Plot plot, string folder, string name)
    {
        var path = Path.Combine(folder, name);
        plot.SavePng(path, Width, Height);
        return path;
    }
}
