using Akka.Actor;

namespace MhdNet.Ingest.Drop;

/// <summary>
/// Tells an actor that something in a folder may have changed (inotify), once until it is asked again. Only a hint: network shares say nothing, and the system may refuse
/// or lose it. Looking remains the truth.
/// </summary>
internal sealed class FolderHint : IDisposable
{
    private readonly FileSystemWatcher _watcher;
    private readonly IActorRef _to;
    private int _told;

    private FolderHint(FileSystemWatcher watcher, IActorRef to)
    {
        (_watcher, _to) = (watcher, to);
        _watcher.Created += (_, _) => Tell();
        _watcher.Changed += (_, _) => Tell();
        _watcher.Deleted += (_, _) => Tell();
        _watcher.Renamed += (_, _) => Tell();
        _watcher.Error += (_, _) => Tell();
        _watcher.EnableRaisingEvents = true;
    }

    /// <summary>Begins; null where the system refuses (too many folders, or the folder is not there).</summary>
    public static FolderHint? Begin(string folder, IActorRef to)
    {
        FileSystemWatcher? watcher = null;
        try
        {
            watcher = new FileSystemWatcher(folder)
            {
                IncludeSubdirectories = true,
                NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.Size | NotifyFilters.LastWrite,
            };
            return new FolderHint(watcher, to);
        }
        catch (Exception e) when (e is IOException or ArgumentException or UnauthorizedAccessException)
        {
            watcher?.Dispose();
            return null;
        }
    }

    /// <summary>From now on it may tell again.</summary>
    public void Ask() => Interlocked.Exchange(ref _told, 0);

    /// <inheritdoc/>
    public void Dispose() => _watcher.Dispose();

    private void Tell()
    {
        if (Interlocked.Exchange(ref _told, 1) == 0)
        {
            _to.Tell(new Moved());
        }
    }

    /// <summary>Something may have changed.</summary>
    public sealed record Moved;
}
