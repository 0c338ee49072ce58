namespace MhdNet.Training.Results;

/// <summary>The checkpoints of one phase: <c>last</c> after every epoch, <c>best</c> by validation. Each is staged and renamed into place as a whole.</summary>
/// <param name="path">The folder <c>checkpoints/&lt;phase&gt;</c>.</param>
public sealed class CheckpointFolder(string path)
{
    private const string ProgressFile = "progress.json";

    /// <summary>The phase's name.</summary>
    public string Phase { get; } = Path.GetFileName(path);

    /// <summary>Where the network of the last finished epoch is.</summary>
    public string Last => Path.Combine(path, "last");

    /// <summary>Where the best network is.</summary>
    public string Best => Path.Combine(path, "best");

    /// <summary>How far the phase has come; also puts back what a crash left between two renames.</summary>
    public PhaseProgress Progress()
    {
        Recover(Last);
        Recover(Best);
        return Directory.Exists(Last) ? DurableFile.ReadJson<PhaseProgress>(Path.Combine(Last, ProgressFile)) : PhaseProgress.None(Phase);
    }

    /// <summary>Keeps the network after an epoch; as <c>best</c> first where it is, so that <c>last</c> never speaks of a best that is not there.</summary>
    /// <param name="progress">With the epoch that was just finished.</param>
    /// <param name="save">Writes the network into a folder that exists.</param>
    public void Keep(PhaseProgress progress, Action<string> save)
    {
        if (progress.Best?.Epoch == progress.Epochs)
        {
            Replace(Best, progress, save);
        }

        Replace(Last, progress, save);
    }

    private static void Replace(string target, PhaseProgress progress, Action<string> save)
    {
        var (staged, old) = (target + ".new", target + ".old");
        Remove(staged);
        Directory.CreateDirectory(staged);
        save(staged);
        DurableFile.WriteJson(Path.Combine(staged, ProgressFile), progress);
        Remove(old);
        if (Directory.Exists(target))
        {
            Directory.Move(target, old);
        }

        Directory.Move(staged, target);
        Remove(old);
    }

    private static void Recover(string target)
    {
        if (!Directory.Exists(target) && Directory.Exists(target + ".old"))
        {
            Directory.Move(target + ".old", target);
        }
    }

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
