using MhdNet.Ingest.Ledger;

namespace MhdNet.Host.Hosting;

/// <summary>A host that waits until the one that works on a folder is gone, and then takes its place.</summary>
internal static class Standby
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(500);

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
        var waited = false;
        while (!stop.IsCancellationRequested)
        {
            if (!WorkFolder.IsInUse(work) && await Open(work).ConfigureAwait(false) is { } folder)
            {
                if (waited)
                {
                    line($"the host of {work} is gone, and so are its workers: this one takes over");
                }

                return folder;
            }

            if (!waited)
            {
                line($"standing by: another host works on {work}; this one takes over when that is gone");
                waited = true;
            }

            await Task.Delay(Glance, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return null;
    }

    private static async Task<WorkFolder?> Open(string work)
    {
        try
        {
            return await Task.Run(() => WorkFolder.Open(work, TimeProvider.System, out _)).ConfigureAwait(false);
        }
        catch (WorkFolderException e) when (e.IsInUse || e.WorkersRemain)
        {
            return null; // another was quicker, or a worker of the last host has not ended yet
        }
    }
}
