namespace MhdNet.Host.Report;

/// <summary>The figures of a run in the order in which a reader wants them: the result first, the networks from the most to the least important.</summary>
internal static class Figures
{
    private static readonly string[] Networks = ["student", "teacher", "baseline", "radiology", "pathology"];

    private static readonly (string Prefix, string Caption)[] Kinds =
    [
        ("confusion-patients-", "{0}: types of the test patients, true against predicted"),
        ("confusion-", "{0}: types of the test sequences, true against predicted"),
        ("roc-", "{0}: each type against the rest, over test sequences"),
        ("losses-", "{0}: losses of each epoch, in training and on the validation patients"),
    ];

    /// <summary>The figures that are there; ones this list does not know come last, under their file's name.</summary>
    public static IReadOnlyList<FigureRow> Of(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return [];
        }

        var known = Networks.SelectMany(network => Kinds.Select(kind => (File: $"{kind.Prefix}{network}.png", Caption: string.Format(null, kind.Caption, NetworkName.Of(network)))))
            .Append(("validation.png", "Accuracy on the validation patients, epoch by epoch; it chooses the checkpoint that is kept as best"))
            .ToList();
        var others = Directory.EnumerateFiles(folder, "*.png").Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal).Where(file => known.All(figure => figure.Item1 != file)).Select(file => (file, file));
        return [.. known.Concat(others).Where(figure => File.Exists(Path.Combine(folder, figure.Item1))).Select(figure => new FigureRow(figure.Item2, Path.Combine(folder, figure.Item1)))];
    }
}
