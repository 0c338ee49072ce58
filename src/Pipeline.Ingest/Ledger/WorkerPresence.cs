namespace MhdNet.Ingest.Ledger;

/// <summary>
/// Whether worker processes of an earlier host still hold a work folder. Each worker holds a shared lock on <c>.workers</c>, which the kernel takes back however the worker ends; a host that
/// opens the folder waits until nobody holds it, so no worker of a host that was killed writes into a store that another has put in order.
/// </summary>
public static class WorkerPresence
{
    /// <summary>How long a host waits for them that nobody waits beside; those of other machines end when their lease has run out.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>A worker's hold on the folder, to be kept until its process ends.</summary>
    /// <exception cref="IOException">A host is just opening the folder: whoever started this worker is gone.</exception>
    public static IDisposable Hold(string workFolder) => new FileStream(PathOf(workFolder), FileMode.Open, FileAccess.Read, FileShare.Read, 1);

    /// <summary>Waits until no worker holds the folder.</summary>
    /// <exception cref="WorkFolderException">One still does after that time.</exception>
    internal static void AwaitNone(string workFolder, TimeProvider time, TimeSpan patience)
    {
        for (var begun = time.GetTimestamp(); !IsFree(workFolder); Thread.Sleep(50))
        {
            if (time.GetElapsedTime(begun) > patience)
            {
                throw new WorkFolderException(
                    $"A worker process of an earlier mhdnet still holds the work folder {workFolder}, and does not end (a network share that does not answer?). 'pgrep -af \"mhdnet worker\"' shows it: end it, or start the machine again. Workers of other machines end by themselves when mhdnet.dispatch.machine-lease has run out.") { WorkersRemain = true };
            }
        }
    }

    private static bool IsFree(string workFolder)
    {
        try
        {
            using var alone = new FileStream(PathOf(workFolder), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static string PathOf(string workFolder) => Path.Combine(workFolder, ".workers");
}
