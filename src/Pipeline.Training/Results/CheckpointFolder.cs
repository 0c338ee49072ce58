using MhdNet.Ingest.Ledger;

namespace MhdNet.Training.Results;

/// <summary>
/// The checkpoints of one phase: <c>last</c> after every epoch and, where the settings ask for it, within one; <c>best</c> by validation. Each is staged, flushed to the
/// disk and renamed into place as a whole; the one before it goes only then.
/// </summary>
/// <param name="path">The folder <c>checkpoints/&lt;phase&gt;</c>.</param>
/// <param name="mark">The work folder's mark, which is looked at before each rename; null: nobody else can take the folder over.</param>
public sealed class CheckpointFolder(string path, HostMark? mark = null)
{
    private const string ProgressFile = "progress.json";

    /// <summary>The phase's name.</summary>
    public string Phase { get; } = Path.GetFileName(path);

    /// <summary>Where the network as it was last kept is.</summary>
    public string Last => Path.Combine(path, "last");

    /// <summary>Where the best network is.</summary>
    public string Best => Path.Combine(path, "best");

    /// <summary>Whether there is a checkpoint; also puts back what a crash left between two renames.</summary>
    public bool Exists()
    {
        Recover(Last);
        Recover(Best);
        return Directory.Exists(Last);
    }

    /// <summary>How far the phase has come.</summary>
    /// <exception cref="InvalidDataException">The checkpoint's progress cannot be read; names the file.</exception>
    public PhaseProgress Progress() => Exists() ? DurableFile.ReadJson<PhaseProgress>(Path.Combine(Last, ProgressFile)) : PhaseProgress.None(Phase);

    /// <summary>How far the phase had come when <c>best</c> was kept.</summary>
    /// <exception cref="InvalidDataException">It cannot be read; names the file.</exception>
    public PhaseProgress BestProgress() => DurableFile.ReadJson<PhaseProgress>(Path.Combine(Best, ProgressFile));

    /// <summary>
    /// Puts a <c>last</c> that cannot be read aside and a copy of <c>best</c>, which can, in its place. Training from there goes the same way again, since an epoch depends on nothing but the checkpoint,
    /// the seed and its number.
    /// </summary>
    /// <returns>Where the damaged one is now; nothing that was put there before is replaced.</returns>
    public string FallBack()
    {
        var (staged, old) = (Staged(Last), Old(Last));
        Remove(staged);
        Directory.CreateDirectory(staged);
        foreach (var file in Directory.EnumerateFiles(Best))
        {
            using var from = File.OpenRead(file);
            using var to = new FileStream(Path.Combine(staged, Path.GetFileName(file)), FileMode.CreateNew);
            from.CopyTo(to);
            to.Flush(flushToDisk: true);
        }

        mark?.RequireCurrent();

        // A crash in between is set right by Recover: the damaged one is back, and this is done again.
        Remove(old);
        Directory.Move(Last, old);
        Directory.Move(staged, Last);
        return PutAside(old);
    }

    /// <summary>Puts a <c>last</c> that cannot be read aside, with nothing in its place: the phase begins anew.</summary>
    /// <returns>As <see cref="FallBack"/>.</returns>
    public string SetAside() => PutAside(Last);

    private string PutAside(string folder)
    {
        var damaged = Enumerable.Range(1, int.MaxValue).Select(n => n == 1 ? $"{Last}.damaged" : $"{Last}.damaged-{n}").First(free => !Directory.Exists(free));
        Directory.Move(folder, damaged);
        FolderSync.Flush(path);
        return damaged;
    }

    /// <summary>Removes what a crash, or a host that was superseded, left half written. Only for who writes here.</summary>
    /// <exception cref="SupersededException">Another host writes here now.</exception>
    public void Tidy()
    {
        mark?.RequireCurrent();
        foreach (var target in new[] { Last, Best })
        {
            Recover(target);
            (Directory.Exists(path) ? Directory.GetDirectories(path, $"{Path.GetFileName(target)}.*new") : []).ToList().ForEach(Remove);
            Remove(Old(target));
        }
    }

    /// <summary>Keeps the network; after an epoch as <c>best</c> first where it is, so that <c>last</c> never speaks of a best that is not there.</summary>
    /// <param name="progress">With the epoch, or the part of one, that was just finished.</param>
    /// <param name="save">Writes the network into a folder that exists.</param>
    /// <exception cref="SupersededException">Another host writes here now. Nothing became visible.</exception>
    public void Keep(PhaseProgress progress, Action<string> save)
    {
        if (progress.Position is null && progress.Best?.Epoch == progress.Epochs)
        {
            Replace(Best, progress, save);
        }

        Replace(Last, progress, save);
    }

    private void Replace(string target, PhaseProgress progress, Action<string> save)
    {
        var (staged, old, parent) = (Staged(target), Old(target), Path.GetDirectoryName(target)!);
        Remove(staged);
        Directory.CreateDirectory(staged);
        save(staged);
        DurableFile.WriteJson(Path.Combine(staged, ProgressFile), progress);
        mark?.RequireCurrent();
        Remove(old);
        if (Directory.Exists(target))
        {
            Directory.Move(target, old);
        }

        Directory.Move(staged, target);
        FolderSync.Flush(parent);
        Remove(old);
    }

    private static void Recover(string target)
    {
        if (!Directory.Exists(target) && Directory.Exists(Old(target)))
        {
            Directory.Move(Old(target), target);
        }
    }

    /// <summary>Each host has one of its own, so that what a superseded one still writes is in nobody's way.</summary>
    private string Staged(string target) => mark?.Word is { } word ? $"{target}.{word[..8]}.new" : target + ".new";

    private static string Old(string target) => target + ".old";

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
