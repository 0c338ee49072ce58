using MhdNet.Ingest.Ledger;

namespace MhdNet.Host.Hosting;

/// <summary>A host that waits until the one that works on a folder is gone, and then takes its place.</summary>
internal static class Standby
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Workers = TimeSpan.FromSeconds(3); // then it says for whom it waits, and goes on waiting

    /// <summary>
    /// Waits for the folder's lock, which the kernel takes from a host however it ends (a share's server takes it from a machine that it cannot reach), and for the end of that host's workers. Nothing
    /// else is asked: whoever has the lock is the host.
    /// </summary>
    /// <param name="work">The work folder.</param>
    /// <param name="line">Where a person follows it.</param>
    /// <param name="stop">Ctrl-C or SIGTERM.</param>
    /// <returns>The folder; null where it was stopped before.</returns>
    /// <exception cref="WorkFolderException">The folder cannot be used at all.</exception>
    public static async Task<WorkFolder?> Take(string work, Action<string> line, CancellationToken stop)
    {
        string? said = null;
        while (!stop.IsCancellationRequested)
        {
            var (folder, why) = WorkFolder.IsInUse(work) ? (null, null) : await Open(work, stop).ConfigureAwait(false);
            if (folder is not null)
            {
                if (said is not null)
                {
                    line($"the host of {work} is gone, and so are its workers: this one takes over");
                }

                return folder;
            }

            why ??= $"standing by: another host works on {work}; this one takes over when that is gone";
            if (said != why && !stop.IsCancellationRequested)
            {
                line(said = why);
            }

            await Task.Delay(Glance, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return null;
    }

    /// <summary>The folder, or why not yet; neither where another was quicker.</summary>
    private static async Task<(WorkFolder? Folder, string? Why)> Open(string work, CancellationToken stop)
    {
        var opening = Task.Run(() => WorkFolder.Open(work, TimeProvider.System, Workers, out _), CancellationToken.None);
        try
        {
            return (await opening.WaitAsync(stop).ConfigureAwait(false), null);
        }
        catch (OperationCanceledException)
        {
            // It waits for workers of the last host; what it opens after all is given back.
            _ = opening.ContinueWith(opened => opened.Result.Dispose(), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
            return (null, null);
        }
        catch (WorkFolderException e) when (e.IsInUse)
        {
            return (null, null);
        }
        catch (WorkFolderException e) when (e.WorkersRemain)
        {
            return (null, $"the host of {work} is gone, and this one cannot take over yet. {e.Message}");
        }
    }
}
