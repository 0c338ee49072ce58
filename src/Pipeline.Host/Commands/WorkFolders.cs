using MhdNet.Training.Results;

namespace MhdNet.Host.Commands;

/// <summary>What commands need of a work folder that another command filled.</summary>
internal static class WorkFolders
{
    /// <exception cref="InputException">There is no such folder, or no sequence in it.</exception>
    public static void RequireSequences(DirectoryInfo work)
    {
        ArgumentNullException.ThrowIfNull(work);
        if (!work.Exists)
        {
            throw new InputException($"There is no work folder {work.FullName}. Give the right path, or fill one with 'mhdnet run --drop DIR --work {work.FullName} --once'.");
        }

        var sequences = new DirectoryInfo(Path.Combine(work.FullName, "sequences"));
        if (!sequences.Exists || !sequences.EnumerateDirectories().Any())
        {
            throw new InputException($"{work.FullName} holds no sequences. Fill it with 'mhdnet run --drop DIR --work {work.FullName} --once' first.");
        }
    }

    /// <summary>The named run, or the newest one that was completed.</summary>
    /// <exception cref="InputException">There is none.</exception>
    public static RunFolder FinishedRun(DirectoryInfo work, string? name)
    {
        var runs = RunFolder.All(work.FullName);
        var run = name is null ? runs.LastOrDefault(IsCompleted) : runs.FirstOrDefault(each => each.Name == name);
        if (run is null || !IsCompleted(run))
        {
            var known = runs.Where(IsCompleted).Select(each => each.Name).ToList();
            throw new InputException(
                $"{work.FullName} holds no completed run{(name is null ? "" : $" '{name}'")}. {(known.Count == 0 ? "Train one first with 'mhdnet run' or 'mhdnet train'." : $"Completed runs: {string.Join(", ", known)}.")}");
        }

        return run;
    }

    private static bool IsCompleted(RunFolder run) => run.Outcome() is { End: RunEnd.Completed };
}
