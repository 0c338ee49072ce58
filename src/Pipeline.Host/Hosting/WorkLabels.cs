using MhdNet.Host.Commands;

namespace MhdNet.Host.Hosting;

/// <summary>
/// <c>labels.csv</c> of a work folder: the labels its last host read, so that later commands need not be told again. A link to them, or, where patients' ids are hidden, the copy with pseudonyms.
/// </summary>
internal static class WorkLabels
{
    /// <summary>What <c>--labels</c> says of itself in commands that work on a filled work folder.</summary>
    public const string Description = "The labels: patient_id,type,split,tumor_slices. Default: those the work folder was last run with, WORK/labels.csv.";

    /// <summary>Where it is.</summary>
    public static string PathIn(string workFolder) => Path.Combine(workFolder, "labels.csv");

    /// <summary>The labels that were given, or else the work folder's own.</summary>
    /// <exception cref="InputException">None were given, and the work folder has none.</exception>
    public static string Given(FileInfo? given, DirectoryInfo work)
    {
        ArgumentNullException.ThrowIfNull(work);
        var own = new FileInfo(PathIn(work.FullName));
        return given?.FullName
            ?? (IsThere(own) ? own.FullName
                : throw new InputException(own.LinkTarget is { } target
                    ? $"The labels that {work.FullName} was last run with, {target}, are not there any more. Give others with --labels."
                    : $"{work.FullName} was not run with labels yet. Give them with --labels."));
    }

    /// <summary>Remembers which labels a host reads. A file that someone put there, or a copy with pseudonyms, is left alone.</summary>
    public static void Remember(HostPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var own = new FileInfo(PathIn(plan.Work.FullPath));
        var target = Path.GetFullPath(plan.LabelsFile);
        if (plan.Pseudonyms is not null || target == own.FullName || own.LinkTarget == target || (own.LinkTarget is null && IsThere(own)))
        {
            return;
        }

        var link = own.FullName + ".new";
        File.Delete(link);
        File.CreateSymbolicLink(link, target);
        File.Move(link, own.FullName, overwrite: true);
    }

    private static bool IsThere(FileInfo file) => file.LinkTarget is null ? file.Exists : file.ResolveLinkTarget(returnFinalTarget: true) is { Exists: true };
}
