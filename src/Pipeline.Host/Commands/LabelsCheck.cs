using MhdNet.Training.Labels;
using MhdNet.Training.Options;

namespace MhdNet.Host.Commands;

/// <summary>Refuses labels that cannot be used, before anything is begun.</summary>
internal static class LabelsCheck
{
    /// <exception cref="InputException">With one sentence for each problem.</exception>
    public static void Require(string path, MhdOptions options)
    {
        var labels = LabelsFile.Read(path, options.Types);
        var problems = labels.IsUsable
            ? [.. SplitRules.Assign(labels, options.TestShare, options.ValidationShare, options.Seed).Problems, .. OptionsRules.Check(options with { Types = labels.Types })]
            : labels.Problems;
        if (problems.Count > 0)
        {
            throw new InputException(string.Join(Environment.NewLine, problems));
        }
    }
}
